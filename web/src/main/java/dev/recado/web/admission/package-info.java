/** Says no in time: {@link dev.recado.web.admission.Admission}. */
@NullMarked
package dev.recado.web.admission;

import org.jspecify.annotations.NullMarked;
