/** docker-compose.yml itself, started once as somebody with a fresh clone would start it. */
@NullMarked
package dev.recado.e2e.compose;

import org.jspecify.annotations.NullMarked;
