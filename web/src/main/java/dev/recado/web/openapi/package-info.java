/** The description of the HTTP interface, for programs (OpenAPI 3.1) and for people. */
@NullMarked
package dev.recado.web.openapi;

import org.jspecify.annotations.NullMarked;
