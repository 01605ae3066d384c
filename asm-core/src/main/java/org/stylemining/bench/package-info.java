/**
 * Measurements: how long the layers of one mining step take at the network's own shapes, whether
 * their operations run as oneDNN's primitives, and how fast images are fed to them. Nothing may
 * depend on it but commands and checks.
 */
package org.stylemining.bench;
