package dev.pixal3d.jobs.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.DebugElementsOption;
import java.lang.classfile.ClassFile.LineNumbersOption;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The compiled classes on the class path, by their internal names ({@code java/lang/Object}). */
final class ClassFiles {
  private static final ClassFile PARSER =
      ClassFile.of(DebugElementsOption.DROP_DEBUG, LineNumbersOption.DROP_LINE_NUMBERS);
  private static final Map<String, Optional<ClassModel>> PARSED = new ConcurrentHashMap<>();

  private static final Map<String, Set<String>> ANCESTORS = new ConcurrentHashMap<>();

  private ClassFiles() {}

  /**
   * @param owner internal name of the class that declares it
   */
  record Method(String owner, String name, String descriptor) {
    @Override
    public String toString() {
      return owner.replace('/', '.') + "." + name;
    }
  }

  /** Whether a class is a part of this project. */
  static boolean isOwn(String className) {
    return className.startsWith("dev/pixal3d/jobs/");
  }

  static Optional<ClassModel> find(String className) {
    return PARSED.computeIfAbsent(className, ClassFiles::parse);
  }

  private static Optional<ClassModel> parse(String className) {
    try (InputStream file = ClassLoader.getSystemResourceAsStream(className + ".class")) {
      return file == null ? Optional.empty() : Optional.of(PARSER.parse(file.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The class itself, its superclasses and all their interfaces; superclasses come first. */
  static Set<String> withAncestors(String className) {
    return ANCESTORS.computeIfAbsent(className, ClassFiles::collectAncestors);
  }

  private static Set<String> collectAncestors(String className) {
    var all = new LinkedHashSet<String>();
    var open = new ArrayList<String>(List.of(className));
    var interfaces = new ArrayList<String>();
    while (!open.isEmpty()) {
      String next = open.removeFirst();
      if (all.add(next)) {
        find(next)
            .ifPresent(model -> {
              model.superclass().map(ClassEntry::asInternalName).ifPresent(open::add);
              model.interfaces().forEach(entry -> interfaces.add(entry.asInternalName()));
            });
      }
      if (open.isEmpty() && !interfaces.isEmpty()) {
        open.add(interfaces.removeFirst());
      }
    }
    return all;
  }

  /** The method that is run when one of this name is called on an instance of a class. */
  static Optional<Method> select(String className, String name, String descriptor) {
    return withAncestors(className).stream()
        .filter(owner -> declares(owner, name, descriptor))
        .findFirst()
        .map(owner -> new Method(owner, name, descriptor));
  }

  private static boolean declares(String owner, String name, String descriptor) {
    return method(new Method(owner, name, descriptor))
        .filter(method -> !method.flags().has(AccessFlag.ABSTRACT))
        .isPresent();
  }

  static Optional<MethodModel> method(Method method) {
    return find(method.owner()).stream()
        .flatMap(model -> model.methods().stream())
        .filter(candidate ->
            candidate.methodName().equalsString(method.name())
                && candidate.methodType().equalsString(method.descriptor()))
        .findFirst();
  }

  static String internalName(ClassDesc type) {
    String descriptor = type.descriptorString();
    return type.isClassOrInterface()
        ? descriptor.substring(1, descriptor.length() - 1)
        : descriptor;
  }
}
