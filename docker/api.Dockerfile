# The API with the browser app; the store is the compose file's Neo4j.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml uv.lock README.md LICENSE ./
COPY graphintel graphintel
COPY ingest ingest
COPY queries queries
COPY viz viz
RUN pip install --no-cache-dir uv \
 && uv export --quiet --frozen --no-emit-project --only-group build --format requirements-txt --output-file /tmp/build.txt \
 && uv pip install --system --require-hashes -r /tmp/build.txt \
 && npm --prefix viz ci --no-audit --no-fund && npm --prefix viz run build \
 && uv export --quiet --frozen --no-emit-project --no-default-groups --format requirements-txt --output-file /tmp/run.txt \
 && uv build --wheel --out-dir /dist

FROM python:3.11-slim-bookworm
COPY --from=build /tmp/run.txt /dist/*.whl /tmp/
RUN pip install --no-cache-dir --require-hashes -r /tmp/run.txt \
 && pip install --no-cache-dir --no-deps /tmp/*.whl \
 && rm -rf /tmp/* && useradd --create-home --uid 10001 graphintel
USER graphintel
ENV GRAPHINTEL_HOME=/home/graphintel/data
VOLUME /home/graphintel/data
EXPOSE 8765
ENTRYPOINT ["graphintel"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8765"]
