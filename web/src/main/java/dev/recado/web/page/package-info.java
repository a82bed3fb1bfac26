/** The static page, where web serves one: {@link dev.recado.web.page.Page}. */
@NullMarked
package dev.recado.web.page;

import org.jspecify.annotations.NullMarked;
