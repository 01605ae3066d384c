/**
 * The command line: what a person asks for, checked before any work, and done with the other
 * packages.
 */
package org.stylemining.command;
