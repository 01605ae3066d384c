package org.stylemining.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The interval a number of the configuration must lie in, in the usual notation: {@code "[0, 1]"},
 * {@code "(0, inf)"}. On a list or a block it holds for every number within that has none of its
 * own.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@interface Within {
  String value();
}
