/**
 * Methods compared over seeds: what each came to, how far they differ, and how sure that is. Pure
 * arithmetic on the cells' scores, and the tables of it.
 */
package org.stylemining.comparison;
