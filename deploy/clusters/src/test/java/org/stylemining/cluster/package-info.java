/**
 * The assembled distribution on real cluster managers, each with its daemons as processes of their
 * own on this machine. The basic classes here know no cluster manager; one sub-package each does.
 */
package org.stylemining.cluster;
