/**
 * Layers with explicit backward passes over ND4J operations, channels last, for float and double.
 * Nothing here knows what a network is for; nothing may depend on data sets, Spark or DL4J.
 */
package org.stylemining.nn;
