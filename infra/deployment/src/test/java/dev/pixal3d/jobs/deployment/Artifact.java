package dev.pixal3d.jobs.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What a function's zip holds.
 *
 * @param own files outside of lib/, by their names
 * @param libraries the files of each jar in lib/, by the jar's name
 * @param times the times of the zip's own entries
 */
record Artifact(
    Map<String, byte[]> own, Map<String, Map<String, byte[]>> libraries, Set<Long> times) {
  /** Lambda's runtime looks for it, by reflection, before it reads an event of SQS. */
  private static final String JODA_TIME = "org/joda/time/DateTime";

  private static final Pattern CLASS_IN_DESCRIPTOR = Pattern.compile("L([A-Za-z0-9_/$-]+)[;<]");

  /** Other people's classes are the same in every zip: what they name is looked up once. */
  private static final Map<String, Set<String>> NAMED = new ConcurrentHashMap<>();

  private static final Map<Path, Artifact> READ = new ConcurrentHashMap<>();

  static Artifact of(Path zip) {
    return READ.computeIfAbsent(zip, Artifact::read);
  }

  private static Artifact read(Path zip) {
    var own = new TreeMap<String, byte[]>();
    var libraries = new LinkedHashMap<String, Map<String, byte[]>>();
    var times = new HashSet<Long>();
    try (InputStream in = Files.newInputStream(zip)) {
      files(in, times)
          .forEach((name, bytes) -> {
            if (name.startsWith("lib/")) {
              libraries.put(
                  name.substring("lib/".length()),
                  files(new ByteArrayInputStream(bytes), new HashSet<>()));
            } else {
              own.put(name, bytes);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Build first: " + zip, e);
    }
    return new Artifact(own, libraries, times);
  }

  private static Map<String, byte[]> files(InputStream zip, Set<Long> times) {
    var files = new LinkedHashMap<String, byte[]>();
    try (var in = new ZipInputStream(zip)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        times.add(entry.getTimeLocal().toEpochSecond(ZoneOffset.UTC));
        if (!entry.isDirectory()) {
          files.put(entry.getName(), in.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** The jars of which nothing is reached, and our own classes that are not. */
  Set<String> unneeded(String handlerClass) {
    Map<String, byte[]> classes = new TreeMap<>(own);
    libraries.values().forEach(classes::putAll);
    Set<String> reached = reached(classes, List.of(handlerClass.replace('.', '/'), JODA_TIME));
    var unneeded = new TreeSet<String>();
    libraries.forEach((jar, files) -> {
      if (files.keySet().stream().noneMatch(file -> reached.contains(className(file)))) {
        unneeded.add(jar);
      }
    });
    for (String file : classes.keySet()) {
      if (file.startsWith("dev/pixal3d/") && !reached.contains(className(file))) {
        unneeded.add(file);
      }
    }
    return unneeded;
  }

  private static String className(String file) {
    return file.endsWith(".class") ? file.substring(0, file.length() - 6) : "no class: " + file;
  }

  /** Classes that these name, and those that they find by {@code META-INF/services} and such. */
  private Set<String> reached(Map<String, byte[]> classes, List<String> roots) {
    var reached = new HashSet<String>();
    Deque<String> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      String name = open.pop();
      byte[] bytes = classes.get(name + ".class");
      if (bytes != null && reached.add(name)) {
        open.addAll(
            name.startsWith("dev/pixal3d/")
                ? named(bytes)
                : NAMED.computeIfAbsent(name, _ -> named(bytes)));
        open.addAll(providersOf(name));
      }
    }
    return reached;
  }

  private static Set<String> named(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    var names = new HashSet<String>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof ClassEntry type) {
        names.add(type.asInternalName().replaceFirst("^\\[+L?", "").replaceFirst(";$", ""));
      } else if (entry instanceof Utf8Entry text) {
        String descriptor = text.stringValue();
        Matcher matcher = CLASS_IN_DESCRIPTOR.matcher(descriptor);
        while (descriptor.indexOf('/') > 0 && matcher.find()) {
          names.add(matcher.group(1));
        }
      }
    }
    return names;
  }

  private List<Map<String, byte[]>> places() {
    var places = new ArrayList<>(libraries.values());
    places.add(own);
    return places;
  }

  private Set<String> providersOf(String service) {
    String file = "META-INF/services/" + service.replace('/', '.');
    var providers = new HashSet<String>();
    for (Map<String, byte[]> place : places()) {
      byte[] lines = place.get(file);
      if (lines != null) {
        new String(lines, UTF_8)
            .lines()
            .map(line -> line.replaceFirst("#.*", "").strip().replace('.', '/'))
            .filter(line -> !line.isEmpty())
            .forEach(providers::add);
      }
    }
    return providers;
  }
}
