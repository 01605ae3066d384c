/**
 * The configuration of a command: immutable records bound and checked in one place, {@link
 * org.stylemining.config.ConfigReader}. Nothing of Typesafe Config leaves this package, and every
 * default stands in {@code conf/reference.conf}, none in the code.
 */
package org.stylemining.config;
