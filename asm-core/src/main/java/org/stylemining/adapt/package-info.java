/**
 * What one worker does: methods of adaptation, the update of the task model, and the trainers that
 * a cluster runs. Nothing here knows of other workers.
 */
package org.stylemining.adapt;
