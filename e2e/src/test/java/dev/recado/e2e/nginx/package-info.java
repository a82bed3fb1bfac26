/** Tests of the edge: our very nginx configuration, run by a private nginx, before a real web. */
@NullMarked
package dev.recado.e2e.nginx;

import org.jspecify.annotations.NullMarked;
