/** The contract, asked of a running server over real HTTP. */
@NullMarked
package dev.recado.web;

import org.jspecify.annotations.NullMarked;
