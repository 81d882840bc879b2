# The wheel carries the built assets; the image needs neither Node nor a compiler.
FROM python:3.13-slim AS build
WORKDIR /src
RUN pip install --no-cache-dir uv
COPY pyproject.toml uv.lock README.md ./
RUN uv sync --frozen --no-install-project
COPY client client
COPY src src
RUN uv sync --frozen && .venv/bin/python -m muster.project.assets && uv build --wheel
RUN uv export --frozen --no-default-groups --no-emit-project -o requirements.txt

FROM python:3.13-slim
RUN useradd --create-home --uid 10001 muster
COPY --from=build /src/requirements.txt /src/dist/*.whl /tmp/
RUN pip install --no-cache-dir -r /tmp/requirements.txt /tmp/*.whl && rm -rf /tmp/*
USER muster
# Compiled here, kept in the home of that user: nobody waits for it in front of a screen.
RUN python -m muster.planner.solvers.warm && python -m muster.simulate.warm
ENV MUSTER_DATA=/home/muster/data DJANGO_SETTINGS_MODULE=muster.project.settings.prod
EXPOSE 8000
CMD ["muster", "serve", "--host", "0.0.0.0", "--no-worker"]
