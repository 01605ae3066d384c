/** What a job checks and tells of its executors, GPUs that are made up among it. */
package org.stylemining.cluster.resources;
