#!/usr/bin/env bash
# Makes sure that the large OpenAPI documents are there which the corpus test serves by themselves: each is one file of
# an npm package that is too large to be installed with everything else. Does nothing where they are; packs the package
# with npm, which checks it against what was published, and keeps the one file; prints the folder.
set -euo pipefail

folder="${TMPDIR:-/tmp}/createonce-openapi-documents"
mkdir -p "$folder"

# name, package, file in it, SHA-256 of the file: what the expectations of the test were made with.
while read -r name package file sum; do
  kept="$folder/$name"
  if [ -e "$kept" ] && echo "$sum  $kept" | sha256sum --check --status; then continue; fi
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  # npm prints the name of the archive that it wrote.
  archive=$(cd "$work" && npm pack --silent "$package" | tail -n 1)
  tar -xzf "$work/$archive" -C "$work" "package/$file"
  if ! echo "$sum  $work/package/$file" | sha256sum --check --status; then
    echo "$file of $package is not what it was: its SHA-256 is not $sum." >&2
    exit 1
  fi
  mv "$work/package/$file" "$kept"
  rm -rf "$work"
done <<'DOCUMENTS'
github.json @octokit/openapi@2.2.1 generated/api.github.com.json d002f181305259ac612884733550d27df1c62a5feaa0e2b0723335622fa31c0f
authentik.yml @goauthentik/api@2026.8.3 schema.yml 6e9b00e18160ba60df33f5b2621db278693dbd0f35cce5abccb35c99160dc57f
doppler.json @dopplerhq/mcp-server@1.0.5 doppler-openapi.json ad4107b67a905de7f6e7069be15494ac6d397f86568084ef1098c74549afd637
blockfrost.yaml @blockfrost/openapi@0.1.93 openapi.yaml b0f64545d55c459525d31ba681d8134fba95d2ce5452d87a754aa7409d2ca887
DOCUMENTS
echo "$folder"
