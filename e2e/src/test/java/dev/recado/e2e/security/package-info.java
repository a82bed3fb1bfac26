/** What somebody who means harm can do, and what leaks by itself; docs/security.md lists it. */
@NullMarked
package dev.recado.e2e.security;

import org.jspecify.annotations.NullMarked;
