/**
 * Measurements: how long the layers of one mining step take at the network's own shapes, and
 * whether their operations run as oneDNN's primitives. Nothing may depend on it but commands and
 * checks.
 */
package org.stylemining.bench;
