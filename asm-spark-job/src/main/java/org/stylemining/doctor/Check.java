package org.stylemining.doctor;

import java.util.function.Supplier;

/**
 * Something that must hold.
 *
 * @param name what was checked
 * @param passed whether it holds
 * @param found what was found
 * @param remedy what to do; empty where it holds
 */
public record Check(String name, boolean passed, String found, String remedy) {

  static Check ok(String name, String found) {
    return new Check(name, true, found, "");
  }

  static Check failed(String name, String found, String remedy) {
    return new Check(name, false, found, remedy);
  }

  static Check of(String name, boolean passed, String found, String remedy) {
    return passed ? ok(name, found) : failed(name, found, remedy);
  }

  /** A check that computes: what it throws is its failure. */
  static Check attempt(String name, String remedy, Supplier<Check> check) {
    try {
      return check.get();
    } catch (RuntimeException | LinkageError e) {
      return failed(name, Causes.of(e), remedy);
    }
  }
}
