package dev.pixal3d.jobs.deployment;

import dev.pixal3d.jobs.deployment.ClassFiles.Method;
import dev.pixal3d.jobs.lambda.Rehearsal;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may run once Lambda has made a handler and calls it: a call graph of this project's classes.
 *
 * <p>A call on a class or interface may go to each implementation that is instantiated anywhere in
 * reachable code (rapid type analysis; Bacon and Sweeney, OOPSLA 1996), a branch of a pattern
 * switch is taken only if something that fits it is. Lambdas are taken as called where they are
 * made, and libraries as calling every method of theirs that a class of ours implements. So it errs
 * towards more calls, never towards fewer, but for reflection, which the project does not use.
 */
final class ReachableCode {
  /**
   * A call that reachable code makes.
   *
   * @param text the string that stands just before it in the code, which is its only or last
   *     argument; null if there is none
   */
  record Call(Method from, Method to, @Nullable String text) {}

  /** An object that reachable code makes; {@code by} and {@code type} are internal names. */
  record Made(String by, String type) {}

  /** A static field that reachable code reads; {@code by} and {@code owner} are internal names. */
  record Read(String by, String owner, String name) {}

  private static final String REHEARSAL = Rehearsal.class.getName().replace('.', '/');
  private static final Map<Start, ReachableCode> FOUND = new ConcurrentHashMap<>();

  /**
   * @param left internal name of a class whose code is not followed
   */
  private record Start(String handlerClass, @Nullable String left) {}

  private final @Nullable String left;

  private final Set<Method> methods = new LinkedHashSet<>();
  private final Set<String> instantiated = new LinkedHashSet<>();
  private final Set<Call> calls = new LinkedHashSet<>();
  private final Set<Made> made = new LinkedHashSet<>();
  private final Set<Read> reads = new LinkedHashSet<>();
  private final Set<Method> virtualCalls = new LinkedHashSet<>();

  private ReachableCode(@Nullable String left) {
    this.left = left;
  }

  /**
   * @param handlerClass its name; it is made without arguments, as Lambda does
   */
  static ReachableCode of(String handlerClass) {
    return FOUND.computeIfAbsent(new Start(handlerClass, null), ReachableCode::find);
  }

  /** The same, but for what is only reached by way of a class. */
  static ReachableCode without(Class<?> left, String handlerClass) {
    return FOUND.computeIfAbsent(
        new Start(handlerClass, left.getName().replace('.', '/')), ReachableCode::find);
  }

  private static ReachableCode find(Start start) {
    String handlerClass = start.handlerClass();
    var code = new ReachableCode(start.left());
    String name = handlerClass.replace('.', '/');
    var constructor = new Method(name, "<init>", "()V");
    if (ClassFiles.method(constructor).isEmpty()) {
      throw new IllegalArgumentException(
          handlerClass + " is not on the class path, or cannot be made without arguments");
    }
    code.instantiate(name);
    code.reach(constructor);
    code.complete();
    return code;
  }

  /** All calls that it makes, those of libraries among them. */
  Set<Call> calls() {
    return calls;
  }

  /** All objects that it makes. */
  Set<Made> made() {
    return made;
  }

  /** All static fields that it reads. */
  Set<Read> reads() {
    return reads;
  }

  /** A rehearsal has AWS on paper: what is only reached by way of it needs no permission. */
  private static boolean isRehearsed(Method method) {
    return method.owner().equals(REHEARSAL) || method.descriptor().contains(REHEARSAL + ";");
  }

  private void complete() {
    int before;
    do {
      before = size();
      List.copyOf(methods).forEach(this::scan);
      List.copyOf(virtualCalls).forEach(this::dispatch);
    } while (size() > before);
  }

  private int size() {
    return methods.size() + instantiated.size() + calls.size() + made.size() + reads.size();
  }

  private void reach(Method method) {
    if (ClassFiles.isOwn(method.owner()) && !method.owner().equals(left) && !isRehearsed(method)) {
      methods.add(method);
      initialize(method.owner());
    }
  }

  private void initialize(String className) {
    var initializer = new Method(className, "<clinit>", "()V");
    if (ClassFiles.isOwn(className) && ClassFiles.method(initializer).isPresent()) {
      methods.add(initializer);
    }
  }

  private void instantiate(String className) {
    if (ClassFiles.isOwn(className) && instantiated.add(className)) {
      initialize(className);
      letLibrariesCall(className);
    }
  }

  private void dispatch(Method called) {
    for (String type : List.copyOf(instantiated)) {
      if (ClassFiles.withAncestors(type).contains(called.owner())) {
        ClassFiles.select(type, called.name(), called.descriptor()).ifPresent(this::reach);
      }
    }
  }

  private void letLibrariesCall(String type) {
    for (String ancestor : ClassFiles.withAncestors(type)) {
      if (!ClassFiles.isOwn(ancestor)) {
        ClassFiles.find(ancestor).stream()
            .flatMap(model -> model.methods().stream())
            .filter(ReachableCode::mayBeImplemented)
            .map(method ->
                ClassFiles.select(
                    type, method.methodName().stringValue(), method.methodType().stringValue()))
            .forEach(found -> found.ifPresent(this::reach));
      }
    }
  }

  private static boolean mayBeImplemented(MethodModel method) {
    return Stream.of(AccessFlag.STATIC, AccessFlag.PRIVATE, AccessFlag.FINAL)
            .noneMatch(method.flags()::has)
        && !method.methodName().equalsString("<init>");
  }

  private void scan(Method method) {
    ClassFiles.method(method)
        .flatMap(MethodModel::code)
        .ifPresent(code -> new Scan(method, code).run());
  }

  /** One pass over a method's code, along the ways that are open by now. */
  private final class Scan {
    private final Method method;
    private final List<CodeElement> elements;
    private final Map<Label, Integer> places = new HashMap<>();
    private final BitSet seen = new BitSet();
    private final Deque<Integer> open = new ArrayDeque<>(List.of(0));

    Scan(Method method, CodeModel code) {
      this.method = method;
      this.elements = code.elementList();
      for (int i = 0; i < elements.size(); i++) {
        if (elements.get(i) instanceof LabelTarget target) {
          places.put(target.label(), i);
        }
      }
    }

    void run() {
      do {
        while (!open.isEmpty()) {
          follow(open.pop());
        }
        elements.forEach(this::openHandler);
      } while (!open.isEmpty());
    }

    private void openHandler(CodeElement element) {
      if (element instanceof ExceptionCatch handler) {
        int first = seen.nextSetBit(place(handler.tryStart()));
        int place = place(handler.handler());
        if (first >= 0 && first < place(handler.tryEnd()) && !seen.get(place)) {
          open.push(place);
        }
      }
    }

    private void follow(int start) {
      for (int i = start; i < elements.size() && !seen.get(i); i++) {
        seen.set(i);
        CodeElement element = elements.get(i);
        note(element, i);
        switch (element) {
          case BranchInstruction branch -> open.push(place(branch.target()));
          case TableSwitchInstruction table ->
              branches(i, table.defaultTarget(), table.cases()).forEach(open::push);
          case LookupSwitchInstruction lookup ->
              branches(i, lookup.defaultTarget(), lookup.cases()).forEach(open::push);
          default -> {}
        }
        if (endsFlow(element)) {
          return;
        }
      }
    }

    private static boolean endsFlow(CodeElement element) {
      return switch (element) {
        case BranchInstruction branch ->
            branch.opcode() == Opcode.GOTO || branch.opcode() == Opcode.GOTO_W;
        case TableSwitchInstruction _,
            LookupSwitchInstruction _,
            ReturnInstruction _,
            ThrowInstruction _ ->
            true;
        default -> false;
      };
    }

    private Stream<Integer> branches(int index, Label otherwise, List<SwitchCase> cases) {
      List<ConstantDesc> patterns = patterns(elements.get(index - 1));
      return Stream.concat(
          Stream.of(place(otherwise)),
          cases.stream()
              .filter(each ->
                  each.caseValue() < 0
                      || each.caseValue() >= patterns.size()
                      || mayFit(patterns.get(each.caseValue())))
              .map(each -> place(each.target())));
    }

    private static List<ConstantDesc> patterns(CodeElement before) {
      return before instanceof InvokeDynamicInstruction dynamic
              && dynamic.bootstrapMethod().methodName().equals("typeSwitch")
          ? dynamic.bootstrapArgs()
          : List.of();
    }

    private boolean mayFit(ConstantDesc pattern) {
      if (!(pattern instanceof ClassDesc type)
          || !ClassFiles.isOwn(ClassFiles.internalName(type))) {
        return true;
      }
      return instantiated.stream()
          .anyMatch(made -> ClassFiles.withAncestors(made).contains(ClassFiles.internalName(type)));
    }

    private int place(Label label) {
      Integer place = places.get(label);
      if (place == null) {
        throw new IllegalStateException("A label of " + method + " has no place");
      }
      return place;
    }

    private void note(CodeElement element, int index) {
      switch (element) {
        case NewObjectInstruction object -> {
          String type = object.className().asInternalName();
          made.add(new Made(method.owner(), type));
          instantiate(type);
        }
        case FieldInstruction field when field.opcode() == Opcode.GETSTATIC -> {
          String owner = field.owner().asInternalName();
          reads.add(new Read(method.owner(), owner, field.name().stringValue()));
          initialize(owner);
        }
        case InvokeInstruction call ->
            call(
                new Method(
                    call.owner().asInternalName(),
                    call.name().stringValue(),
                    call.type().stringValue()),
                call.opcode() == Opcode.INVOKEVIRTUAL || call.opcode() == Opcode.INVOKEINTERFACE,
                textBefore(index));
        case InvokeDynamicInstruction dynamic -> dynamic.bootstrapArgs().forEach(this::noteHandle);
        default -> {}
      }
    }

    private @Nullable String textBefore(int index) {
      return index > 0
              && elements.get(index - 1) instanceof ConstantInstruction constant
              && constant.constantValue() instanceof String text
          ? text
          : null;
    }

    /** A lambda, or a method that is named in place of one. */
    private void noteHandle(ConstantDesc argument) {
      if (!(argument instanceof DirectMethodHandleDesc handle)) {
        return;
      }
      var target =
          new Method(
              ClassFiles.internalName(handle.owner()),
              handle.methodName(),
              handle.lookupDescriptor());
      switch (handle.kind()) {
        case CONSTRUCTOR -> {
          made.add(new Made(method.owner(), target.owner()));
          instantiate(target.owner());
          call(target, false, null);
        }
        case VIRTUAL, INTERFACE_VIRTUAL -> call(target, true, null);
        case STATIC, INTERFACE_STATIC, SPECIAL, INTERFACE_SPECIAL -> call(target, false, null);
        case GETTER, SETTER, STATIC_GETTER, STATIC_SETTER -> {}
      }
    }

    private void call(Method target, boolean virtual, @Nullable String text) {
      calls.add(new Call(method, target, text));
      if (virtual) {
        virtualCalls.add(target);
      }
      ClassFiles.select(target.owner(), target.name(), target.descriptor())
          .ifPresent(ReachableCode.this::reach);
    }
  }
}
