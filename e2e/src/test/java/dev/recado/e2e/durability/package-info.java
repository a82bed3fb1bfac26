/** What is on disk when: syncs, failing disks, power cuts, backups. */
@NullMarked
package dev.recado.e2e.durability;

import org.jspecify.annotations.NullMarked;
