package org.stylemining.weights;

/**
 * What a file of a checkpoint must be like to be whole.
 *
 * @param bytes its length
 * @param crc32c its CRC-32C, as 8 hexadecimal digits
 */
record StoredFile(long bytes, String crc32c) {}
