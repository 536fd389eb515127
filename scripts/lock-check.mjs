// Every optional dependency that a locked package names must itself be locked, or `npm ci` stops with "Missing: … from lock file".
import { readFileSync } from 'node:fs'

const lock = JSON.parse(readFileSync(process.argv[2] ?? 'package-lock.json', 'utf8')).packages
let bad = 0
for (const [path, p] of Object.entries(lock)) {
  for (const name of Object.keys({ ...p.optionalDependencies })) {
    let dir = path
    let found = false
    for (;;) {
      if (lock[`${dir ? `${dir}/` : ''}node_modules/${name}`]) {
        found = true
        break
      }
      if (!dir) break
      const i = dir.lastIndexOf('node_modules/')
      dir = i <= 0 ? '' : dir.slice(0, i - 1)
    }
    if (!found) {
      bad++
      console.log(`${path}@${p.version} wants ${name}@${p.optionalDependencies[name]}: not in the lock file`)
    }
  }
  if (path.includes('node_modules/') && !p.link && (!p.version || !p.integrity)) {
    bad++
    console.log(`${path}: no ${p.version ? 'integrity' : 'version'}`)
  }
}
console.log(bad ? `${bad} gaps` : 'lock file complete')
process.exitCode = bad ? 1 : 0
