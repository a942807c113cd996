PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin
LOCK = --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: demo test drills matrix thorough mutants check look bench env lock messages

# The demo newsroom on http://127.0.0.1:$(PORT)/
demo: export ENV_FILE = /dev/null
demo: export DEBUG = off
demo: export SERVES_DESK = on
demo: export ALLOWED_HOSTS = 127.0.0.1,localhost
demo: export CACHE_URL = locmemcache://
demo: export SITE_NAME = The Brindle Quay Courier
demo: export SITE_URL = http://127.0.0.1:$(PORT)
demo: export TIME_ZONE = Europe/London
demo: export DATABASE_URL = sqlite:///$(CURDIR)/var/demo.sqlite3
demo: export MEDIA_ROOT = $(CURDIR)/var/demo-media
demo: export PAGES_ROOT = $(CURDIR)/var/demo-pages
demo: export PUBLISHES_DUE = on
demo: env
	@$(BIN)/python manage.py demo
	@exec $(BIN)/granian --interface wsgi --no-ws --blocking-threads 4 --host 127.0.0.1 --port $(PORT) --log-level warning newsroom.wsgi:application

# The tests, on SQLite; those that ask a database on PostgreSQL too, where one answers
test: .venv/dev
	@$(BIN)/python tests/run.py

# A whole newsroom, and what may happen to it: kills, full disks, a database that is away, odd requests, an upgrade
drills: .venv/dev
	@$(BIN)/python -m tests.drills $(DRILLS)

# The same on SQLite, on each supported Python that is at hand with the newest Django that it takes
matrix: .venv/dev
	@$(BIN)/python tests/matrix.py

# With as many races, random edits and kills as the project answers for, and then the matrix
thorough: export THOROUGH = on
thorough: test matrix

# A sample of small changes to the code, each of which a test has to notice
mutants: MODULES = articles/record/*.py articles/text/*.py articles/sourcing/*.py articles/publishing/*.py articles/stages.py articles/duties.py
mutants: SAMPLE = 400
mutants: SEED = 1
mutants: TESTS = tests
mutants: .venv/dev
	@$(BIN)/python tests/mutants.py --sample $(SAMPLE) --seed $(SEED) --tests $(TESTS) -- $(MODULES)

# What CI holds every change to
check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	env -i PATH="$$PATH" ENV_FILE=/dev/null sh -c 'set -a; . ./.env.example; exec $(BIN)/python manage.py check --deploy --fail-level WARNING'

# Reports, and fails nothing: what to look at when tidying
look: .venv/dev
	-$(BIN)/vulture newsroom articles sources --min-confidence 80 --exclude migrations
	-grep -rnE "stage=|@receiver|def save\(|force=" newsroom articles sources --include=*.py
	-find newsroom articles sources tests -name '*.py' -not -path '*/migrations/*' | xargs wc -l | sort -n | tail -12

# Figures that the project answers for
bench: .venv/dev
	$(BIN)/python tests/bench.py

# The words that readers see: into the catalogs, for translators, and out of them again
messages: .venv/dev
	@command -v xgettext >/dev/null || { echo "GNU gettext is needed: install the package gettext"; exit 1; }
	$(BIN)/python manage.py makemessages --all --no-wrap --add-location file --ignore 'tests/*' --ignore 'templates/admin/*'
	$(BIN)/python manage.py compilemessages --ignore .venv

env: .venv/env

.venv/env: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-compile --require-hashes --no-deps -r requirements.txt
	@touch $@

.venv/dev: .venv/env requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-compile --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

# Resolve the requirements anew: one set for every Python that the project supports
lock: .venv/dev
	$(BIN)/uv pip compile $(LOCK) pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile $(LOCK) --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
