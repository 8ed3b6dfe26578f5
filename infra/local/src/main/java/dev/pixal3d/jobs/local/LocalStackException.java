package dev.pixal3d.jobs.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Something that a person has to know, and no more: the message is the whole story. */
final class LocalStackException extends RuntimeException {
  LocalStackException(String sentence) {
    super(sentence);
  }

  LocalStackException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** What is wrong with a file, in words; the JDK's own message is often only its path. */
  static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "no permission";
      case NoSuchFileException _ -> "no such file or folder";
      case FileAlreadyExistsException _ -> "a file of that name is in the way";
      case FileSystemException f when f.getReason() != null -> f.getReason();
      case IOException other -> String.valueOf(other.getMessage());
    };
  }
}
