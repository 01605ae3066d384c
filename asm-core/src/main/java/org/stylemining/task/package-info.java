/**
 * The task networks M, which label pixels (DeepLab-v2) or whole images (ResNet-18), and their
 * losses. A network maps prepared images to predictions; it knows nothing of styles or workers.
 */
package org.stylemining.task;
