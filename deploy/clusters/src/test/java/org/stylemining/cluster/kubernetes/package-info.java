/**
 * Kubernetes: the image and the chart, and both on a real API server with a node that runs pods as
 * processes in namespaces of their own.
 */
package org.stylemining.cluster.kubernetes;
