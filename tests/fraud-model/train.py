"""Makes functions/pipelines/models/fraud.json: train.py REGISTRATIONS.csv OUTPUT.json (needs scikit-learn 1.2 or later)."""
import csv
import json
import pathlib
import re
import sys

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import roc_auc_score

page = pathlib.Path(__file__).parents[2] / "docs" / "models.md"
exec(re.search(r"```python\n(.*?)```", page.read_text(), re.S).group(1))  # convert() stands in the page, once

rows = list(csv.DictReader(open(sys.argv[1], newline="")))
octets = [[int(o) for o in row["ip_address"].split(".")] for row in rows]
x = np.array([[a * 256 + b, c * 256 + d] for a, b, c, d in octets])
y = np.array([row["EVENT_LABEL"] for row in rows])
held_out = np.arange(len(rows)) % 4 == 3
estimator = GradientBoostingClassifier(n_estimators=48, max_depth=12, max_leaf_nodes=40, learning_rate=0.2, random_state=1)
estimator.fit(x[~held_out], y[~held_out])
print("AUC", roc_auc_score(y[held_out] == "fraud", estimator.predict_proba(x[held_out])[:, list(estimator.classes_).index("fraud")]))

part = "cel.bind(p, ip_address.split('.'), int(p[{}]) * 256 + int(p[{}]))"
model = convert(estimator, [{"name": "network", "value": part.format(0, 1)}, {"name": "host", "value": part.format(2, 3)}])
for tree in model["trees"]:
    tree["value"] = [float(f"{v:.6g}") or 0 for v in tree["value"]]
    tree["threshold"] = [int(t) if t == int(t) else t for t in tree["threshold"]]
model = {"kind": model.pop("kind"), "note": "Made by tests/fraud-model/train.py; see docs/models.md.", "positive": "fraud"} | model
pathlib.Path(sys.argv[2]).write_text(json.dumps(model, separators=(",", ":")).replace('{"feature":', '\n{"feature":') + "\n")
