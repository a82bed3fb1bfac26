# syntax=docker/dockerfile:1
# Two images: "recado" (web and worker) and "edge" (nginx with the page).

FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
# Only what the jar is made of, so that a change elsewhere builds nothing.
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY common common
COPY web web
COPY worker worker
COPY app app
COPY e2e/pom.xml e2e/pom.xml
COPY bench/pom.xml bench/pom.xml
COPY demo-frontend demo-frontend
# The checks and tests run where the sources are kept, not in every image build.
RUN --mount=type=cache,target=/root/.m2 \
    sh ./mvnw -B -q -pl app -am package -DskipTests -Djacoco.skip -Dspotless.check.skip -Dmdep.analyze.skip
# SQLite's native library lies in the jar and would unpack itself to a folder that must be
# writable and executable. It is taken out here, so the container needs no such folder.
RUN mkdir /out && cp app/target/recado.jar /out/ && cd /out \
 && jar --extract --file recado.jar "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" \
 && mv org/sqlite/native/Linux/*/libsqlitejdbc.so . && rm -r org

FROM eclipse-temurin:25-jre AS recado
LABEL org.opencontainers.image.title="Recado" \
      org.opencontainers.image.description="Self-hosted, asynchronous text processing with language models" \
      org.opencontainers.image.licenses="Apache-2.0"
# A fixed number, so that the files in a volume keep their owner from image to image.
RUN groupadd --gid 10001 recado \
 && useradd --uid 10001 --gid recado --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin recado \
 && install -d -o recado -g recado -m 700 /var/lib/recado
COPY --from=build --chmod=444 /out/ /opt/recado/
COPY --chmod=555 docker/entrypoint docker/healthcheck docker/broker-access /opt/recado/
ENV RECADO_DATABASE_URL=jdbc:sqlite:/var/lib/recado/recado.db
USER 10001:10001
WORKDIR /var/lib/recado
VOLUME /var/lib/recado
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/recado/entrypoint"]
CMD ["web"]

FROM nginx:stable-alpine AS edge
LABEL org.opencontainers.image.title="Recado edge" \
      org.opencontainers.image.description="nginx with the page and the way to the API" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --chmod=755 nginx /etc/recado/
COPY --chmod=755 demo-frontend /usr/share/recado/page
RUN find /etc/recado /usr/share/recado -type f -exec chmod 444 {} + \
 && echo 'include /tmp/hosts.conf;' >/etc/recado/place/hosts.conf \
 && echo 'include /tmp/names.conf;' >/etc/recado/place/names.conf
COPY --chmod=555 docker/edge /usr/local/bin/
USER 101:101
EXPOSE 8080
ENTRYPOINT ["edge"]
CMD []
