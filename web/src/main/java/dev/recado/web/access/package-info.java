/**
 * Who may see everything and steer it: {@link dev.recado.web.access.OperatorAccess}. docs/adr/0015
 * says why it is so.
 */
@NullMarked
package dev.recado.web.access;

import org.jspecify.annotations.NullMarked;
