/**
 * The HTTP side: accepts texts, tells of jobs. {@link dev.recado.web.WebApp} puts it together,
 * {@link dev.recado.web.Routes} is the table of what it answers to.
 */
@NullMarked
package dev.recado.web;

import org.jspecify.annotations.NullMarked;
