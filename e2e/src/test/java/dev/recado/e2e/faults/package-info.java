/**
 * Breaks things under load and counts what became of each job. A run has five steps: {@link
 * dev.recado.e2e.faults.LoadGenerator} submits and notes every answer, {@link
 * dev.recado.e2e.faults.Nemesis} applies one fault by a seeded schedule, the fault is healed, the
 * queue drains, and {@link dev.recado.e2e.faults.Checker} holds the three logs together: the
 * client's, the store's and the model server's.
 */
@NullMarked
package dev.recado.e2e.faults;

import org.jspecify.annotations.NullMarked;
