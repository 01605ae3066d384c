package org.stylemining.weights;

import java.nio.ByteBuffer;
import java.util.function.IntToDoubleFunction;

/**
 * How the values of a stored tensor are written; all of them little-endian. The constants' names
 * are those of safetensors.
 */
enum ElementType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one value. */
  int bytes() {
    return bytes;
  }

  boolean isInteger() {
    return this == I64 || this == I32 || this == I16 || this == I8 || this == U8;
  }

  /**
   * Values at byte offsets of a little-endian buffer. Integers of more than 53 bits are rounded.
   */
  IntToDoubleFunction reader(ByteBuffer from) {
    return switch (this) {
      case F64 -> from::getDouble;
      case F32 -> from::getFloat;
      case F16 -> at -> half(from.getShort(at));
      case BF16 -> at -> Float.intBitsToFloat(from.getShort(at) << 16);
      default -> at -> integer(from, at);
    };
  }

  /** The whole number at a byte offset of a little-endian buffer. */
  long integer(ByteBuffer from, int at) {
    return switch (this) {
      case I64 -> from.getLong(at);
      case I32 -> from.getInt(at);
      case I16 -> from.getShort(at);
      case I8 -> from.get(at);
      case U8 -> from.get(at) & 0xFF;
      default -> throw new IllegalStateException(this + " is not a type of whole numbers");
    };
  }

  /** IEEE 754 binary16, which Java 17 has no method for. */
  private static float half(short bits) {
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    float magnitude;
    if (exponent == 0) {
      magnitude = Math.scalb((float) fraction, -24);
    } else if (exponent == 0x1F) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Math.scalb((float) (fraction | 0x400), exponent - 25);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
