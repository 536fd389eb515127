// The thread in which the bench works on an import, with a connection of its own.
import { parentPort, workerData } from 'node:worker_threads'

const product = await import('../../dist/bench/product.mjs')
const db = product.openDatabase(`file:${workerData.folder}/registry.db`)
const keys = await product.loadKeys(workerData.stored)
const moment = () => product.registryContext(db, keys, 'http://127.0.0.1', new Date())
parentPort.on('message', async () => {
  await product.workOnImports(moment, () => true)
  parentPort.postMessage('worked')
})
parentPort.postMessage('ready')
