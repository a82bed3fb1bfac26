package dev.recado.e2e.faults.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Rewrites {@code FailPoint.reached()}, which does nothing, to ask {@link Orders} first. */
public final class FailPointAgent implements ClassFileTransformer {
  private static final String FAIL_POINT = "dev/recado/lifecycle/FailPoint";
  private static final ClassDesc ENUM = ClassDesc.of("java.lang.Enum");
  private static final MethodTypeDesc NAME = MethodTypeDesc.of(ConstantDescs.CD_String);
  private static final ClassDesc ORDERS = ClassDesc.of(Orders.class.getName());
  private static final MethodTypeDesc REACHED =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String, ConstantDescs.CD_String);

  private final String orders;

  private FailPointAgent(String orders) {
    this.orders = orders;
  }

  /** Called by the JVM before the program's main method, with the folder of the orders. */
  public static void premain(String folder, Instrumentation instrumentation) {
    instrumentation.addTransformer(new FailPointAgent(folder));
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    return FAIL_POINT.equals(name) ? askingForOrders(bytes) : null;
  }

  private byte[] askingForOrders(byte[] bytes) {
    var file = ClassFile.of();
    var reached =
        ClassTransform.transformingMethodBodies(
            method -> method.methodName().equalsString("reached"), this::askOnReturn);
    return file.transformClass(file.parse(bytes), reached);
  }

  private void askOnReturn(CodeBuilder code, CodeElement element) {
    if (element instanceof ReturnInstruction) {
      code.loadConstant(orders).aload(0).invokevirtual(ENUM, "name", NAME);
      code.invokestatic(ORDERS, "reached", REACHED);
    }
    code.with(element);
  }
}
