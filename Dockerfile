# docker build -t tomada .
#   docker run --rm -i -v tomada-state:/var/lib/tomada tomada stdio          for a desktop client
#   docker run --rm -e TOMADA_API_KEY=… -p 127.0.0.1:8420:8420 tomada        HTTP at http://127.0.0.1:8420/mcp
# The key (32 characters at least) is what clients send as Authorization: Bearer …; more with docker exec … tomada keys add.
# With a configuration of your own (readable for everybody):
#   docker run … -v ./tomada.toml:/etc/tomada.toml:ro tomada stdio --config /etc/tomada.toml
#   docker run … -v ./tomada.toml:/etc/tomada.toml:ro tomada http --config /etc/tomada.toml --listen 0.0.0.0:8420
# HTTP is served to any address of the container and to localhost; names need [http] allowed_hosts. State: /var/lib/tomada.
FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends make git ca-certificates
WORKDIR /src
COPY . .
RUN make program && cmake --install build/release --prefix /opt/tomada --strip

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="tomada" org.opencontainers.image.licenses="Apache-2.0"
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libssl3 libboost-json1.81.0 \
      libcpp-httplib0.11 libtomlplusplus3 libsqlite3-0 libdeflate0 libhiredis0.14 libpq5 tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --home-dir /var/lib/tomada --create-home --shell /usr/sbin/nologin tomada \
 && chmod 0700 /var/lib/tomada
COPY --from=build /opt/tomada /usr/local
ENV XDG_STATE_HOME=/var/lib
USER tomada
VOLUME /var/lib/tomada
EXPOSE 8420
STOPSIGNAL SIGTERM
# A container that serves stdio is healthy while it runs; one that serves HTTP says so itself.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["bash", "-c", \
  "grep -qz '^stdio$' /proc/1/cmdline || { exec 3<>/dev/tcp/127.0.0.1/8420 && printf 'GET /health/live HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '; }"]
ENTRYPOINT ["tomada"]
CMD ["http", "--listen", "0.0.0.0:8420"]
