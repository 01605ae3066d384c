package org.stylemining.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.stylemining.comparison.PairedBootstrap;
import org.stylemining.config.UserMistake;

/**
 * What {@code compare} was asked for.
 *
 * @param methods in the order of the tables, of different names
 * @param seeds of the cells, all different
 * @param budget that all methods have
 * @param baseline name of the method that gains are measured against
 * @param pretrain whether a generator is trained for each seed
 * @param atOnce cells that train at the same time; 0: as many as have room
 * @param bootstrap over the scored images
 * @param out the folder
 */
record CompareOptions(
    List<ComparedMethod> methods,
    List<Long> seeds,
    Budget budget,
    String baseline,
    boolean pretrain,
    int atOnce,
    PairedBootstrap bootstrap,
    String out) {
  private static final String SOURCE_ONLY = "source-only";

  CompareOptions {
    methods = List.copyOf(methods);
    seeds = List.copyOf(seeds);
  }

  /**
   * The methods of the two options.
   *
   * @param known names of methods
   * @param definitions of the user's own; one of a known name takes that one's place
   */
  static List<ComparedMethod> methods(List<String> known, List<String> definitions) {
    List<ComparedMethod> methods = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<ComparedMethod> own = definitions.stream().map(ComparedMethod::defined).toList();
    for (String name : known) {
      ComparedMethod method =
          own.stream()
              .filter(defined -> defined.name().equals(name))
              .findFirst()
              .orElseGet(() -> ComparedMethod.known(name));
      if (!names.add(name)) {
        throw new UserMistake("--methods: " + name + " is named twice");
      }
      methods.add(method);
    }
    Set<String> defined = new HashSet<>();
    for (ComparedMethod method : own) {
      if (!defined.add(method.name())) {
        throw new UserMistake("--method: " + method.name() + " is defined twice");
      }
      if (names.add(method.name())) {
        methods.add(method);
      }
    }
    return methods;
  }

  /** The baseline asked for, else source only where it is compared, else the first method. */
  static String baseline(Optional<String> asked, List<ComparedMethod> methods) {
    List<String> names = methods.stream().map(ComparedMethod::name).toList();
    if (asked.isPresent() && !names.contains(asked.get())) {
      throw new UserMistake(
          "--baseline %s: expected one of the compared methods, %s"
              .formatted(asked.get(), String.join(", ", names)));
    }
    return asked.orElse(names.contains(SOURCE_ONLY) ? SOURCE_ONLY : names.get(0));
  }
}
