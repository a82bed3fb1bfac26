/** What operators' tools see: metrics, alerts, the dashboard. */
@NullMarked
package dev.recado.e2e.observe;

import org.jspecify.annotations.NullMarked;
