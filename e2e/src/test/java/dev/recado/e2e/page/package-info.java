/**
 * The page in a real browser, against the real program: what a person sees and does. {@link
 * dev.recado.e2e.page.DemoPage} knows the page's elements, so the tests need not.
 */
@NullMarked
package dev.recado.e2e.page;

import org.jspecify.annotations.NullMarked;
