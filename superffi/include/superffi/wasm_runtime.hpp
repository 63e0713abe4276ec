// The JavaScript that every emitted WebAssembly module carries: memory, conversions, callbacks, errors.
// The emitter writes it in front of the module's own classes.
#pragma once

namespace superffi {

inline constexpr const char wasm_runtime[] = R"javascript(
const handle = Symbol("handle");
const decoder = new TextDecoder();
const encoder = new TextEncoder();
const integer = (bits, signed) => (signed ? [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n] : [0n, 2n ** BigInt(bits) - 1n]);

function shown(value) {
  if (typeof value === "string") return value.length > 60 ? "a long string" : JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null) {
    return Array.isArray(value) ? "an array" : `an object of type ${value.constructor?.name ?? "Object"}`;
  }
  return String(value);
}

/** One module in memory. Arguments are laid out on a stack of scratch memory; what is too large for it is allocated. */
class Runtime {
  constructor(prefix) {
    this.prefix = prefix;
    this.callbacks = new Map();
    this.lastCallback = 0;
    this.where = "";
    this.argument = undefined;
    this.frame = undefined;
    this.owning = false;
    this.extra = [];
  }

  start(exports) {
    this.exports = exports;
    this.memory = exports.memory;
    this.allocate = exports[this.prefix + "allocate"];
    this.deallocate = exports[this.prefix + "deallocate"];
    exports._initialize?.();
    this.scratch = this.allocate(65536) >>> 0;
    this.top = this.scratch;
    this.end = this.scratch + 65536;
  }

  // Growing the memory detaches its views.
  get bytes() {
    if (this.bytesOf !== this.memory.buffer) this.renew();
    return this.bytesView;
  }
  get view() {
    if (this.bytesOf !== this.memory.buffer) this.renew();
    return this.dataView;
  }
  renew() {
    this.bytesOf = this.memory.buffer;
    this.bytesView = new Uint8Array(this.bytesOf);
    this.dataView = new DataView(this.bytesOf);
  }

  alloc(size, align) {
    if (!this.owning) {
      const at = (this.top + align - 1) & -align;
      if (at + size <= this.end) {
        this.top = at + size;
        return at;
      }
    }
    const at = this.allocate(size) >>> 0;
    if (at === 0) throw new RangeError(`${this.where}(): out of memory`);
    if (!this.owning) this.extra.push(at);
    return at;
  }

  refuse(what, value, Type = TypeError) {
    const argument = this.argument === undefined ? "" : `argument \`${this.argument}\`: `;
    throw new Type(`${this.where}(): ${argument}expected ${what}, found ${shown(value)}`);
  }

  text(value) {
    if (typeof value !== "string") this.refuse("a string", value);
    const short = value.length;
    if (short <= 32) {
      const at = this.alloc(short + 1, 1);
      const bytes = this.bytes;
      let i = 0;
      for (; i < short; i++) {
        const c = value.charCodeAt(i);
        if (c > 127) break;
        bytes[at + i] = c;
      }
      if (i === short) return [at, short];
    }
    if (/\p{Surrogate}/u.test(value)) this.refuse("text without lone surrogates", value);
    if (value.length * 3 <= 4096) {
      const at = this.alloc(value.length * 3, 1);
      return [at, encoder.encodeInto(value, this.bytes.subarray(at, at + value.length * 3)).written];
    }
    return this.blob(encoder.encode(value));
  }
  blob(value) {
    const at = this.alloc(value.length, 1);
    this.bytes.set(value, at);
    return [at, value.length];
  }
  textAt(at, size) {
    const bytes = this.bytes;
    if (size <= 24) {
      let out = "";
      let i = 0;
      for (; i < size; i++) {
        const c = bytes[at + i];
        if (c > 127) break;
        out += String.fromCharCode(c);
      }
      if (i === size) return out;
    }
    return decoder.decode(bytes.subarray(at, at + size));
  }

  /** Calls an export: (receiver, arguments…, where the result goes, where the error goes) → status. */
  invoke(where, call, receiver, names, types, values, result, uses) {
    const saved = [this.where, this.argument, this.frame, this.top, this.extra.length, this.owning];
    this.where = where;
    this.frame = undefined;
    this.owning = false;
    let frame;
    try {
      const args = [];
      if (receiver !== undefined) args.push(receiver);
      for (let i = 0; i < types.length; i++) {
        this.argument = names[i];
        types[i].flat(this, values[i], args);
      }
      this.argument = undefined;
      let out = 0;
      if (result !== undefined) {
        out = this.alloc(result.size, result.align);
        this.bytes.fill(0, out, out + result.size);
        args.push(out);
      }
      const error = this.alloc(4, 4);
      this.view.setUint32(error, 0, true);
      args.push(error);
      frame = this.frame;
      const status = call(...args);
      // Used up from the moment the function ran.
      if (uses !== undefined && (status === 0 || status === 1 || status === 4)) for (const object of uses) object?.dispose?.();
      if (status !== 0) throw this.failure(status, this.view.getUint32(error, true), frame);
      let value;
      if (result !== undefined) {
        value = result.read(this, out);
        result.drop?.(this, out);
      }
      if (frame !== undefined && "pending" in frame) throw frame.pending;
      return value;
    } finally {
      if (frame !== undefined) frame.waits = false;
      while (this.extra.length > saved[4]) this.deallocate(this.extra.pop());
      [this.where, this.argument, this.frame, this.top, , this.owning] = saved;
    }
  }

  failure(status, error, frame) {
    if (error === 0) return new RangeError(`${this.where}(): out of memory`);
    const { exports, prefix } = this;
    const message = this.textAt0(exports[prefix + "error_message"](error) >>> 0);
    let out;
    for (const { Type, count, at, problem } of this.errors) {
      const size = exports[count](error);
      if (status !== 1 || size === 0) continue;
      const problems = [];
      for (let i = 0; i < size; i++) problems.push(problem.read(this, exports[at](error, i) >>> 0));
      out = new Type(message, problems);
    }
    out ??= new (status === 3 ? TypeError : Error)(`${this.where}(): ${message}`);
    exports[prefix + "error_free"](error);
    if (frame !== undefined && "pending" in frame) out.cause = frame.pending;
    return out;
  }
  textAt0(at) {
    let size = 0;
    while (this.bytes[at + size] !== 0) size++;
    return this.textAt(at, size);
  }

  /** What a callback's import does: find the function, read its arguments, write what it gives. */
  calledBack(type, context, raw) {
    const entry = this.callbacks.get(context);
    const saved = [this.where, this.argument, this.owning, this.frame];
    try {
      const values = [];
      let i = 0;
      for (const argument of type.args) {
        values.push(argument.unflat(this, raw, i));
        i += argument.width;
      }
      const value = entry.call(...values);
      if (type.result !== undefined) {
        this.where = "callback";
        this.argument = "result";
        this.owning = true;
        type.result.write(this, raw[i] >>> 0, value);
      }
      return 0;
    } catch (error) {
      this.owning = false;
      if (entry.frame.waits) {
        if (!("pending" in entry.frame)) entry.frame.pending = error;
      } else {
        queueMicrotask(() => {
          throw error;
        });
      }
      const message = encoder.encode(String(error));
      const at = this.allocate(message.length) >>> 0;
      this.bytes.set(message, at);
      this.exports[this.prefix + "callback_failed"](at, message.length);
      this.deallocate(at);
      return 1;
    } finally {
      [this.where, this.argument, this.owning, this.frame] = saved;
    }
  }
}

// The types. size and align are those of the structure in memory; flat() adds an argument's parameters, unflat() reads
// them back for a callback (width: how many they are); write() and read() are for structures; drop() frees what was given.

const scalar = (size, take, set, get, flat = (value) => value) => ({
  size,
  align: size,
  width: 1,
  flat: (rt, value, args) => args.push(flat(take(rt, value))),
  unflat: (rt, raw, i) => get(rt, raw[i]),
  write: (rt, at, value) => set(rt.view, at, take(rt, value)),
  read: (rt, at) => get(rt, undefined, at),
});
const pick = (raw, read) => (raw === undefined ? read() : raw);

const bool = scalar(
  1,
  (rt, value) => (typeof value === "boolean" ? value : rt.refuse("true or false", value)),
  (view, at, value) => view.setUint8(at, value ? 1 : 0),
  (rt, raw, at) => pick(raw, () => rt.view.getUint8(at)) !== 0,
  (value) => (value ? 1 : 0),
);
const double = scalar(
  8,
  (rt, value) => (typeof value === "number" ? value : rt.refuse("a number", value)),
  (view, at, value) => view.setFloat64(at, value, true),
  (rt, raw, at) => pick(raw, () => rt.view.getFloat64(at, true)),
);
const float = scalar(
  4,
  (rt, value) => (typeof value === "number" ? value : rt.refuse("a number", value)),
  (view, at, value) => view.setFloat32(at, value, true),
  (rt, raw, at) => pick(raw, () => rt.view.getFloat32(at, true)),
);
function small(bits, signed) {
  const [least, most] = integer(bits, signed).map(Number);
  const name = `${signed ? "Int" : "Uint"}${bits}`;
  return scalar(
    bits / 8,
    (rt, value) => {
      if (typeof value === "bigint") value = Number(value);
      if (typeof value !== "number" || !Number.isInteger(value)) rt.refuse("an integer", value);
      if (value < least || value > most) rt.refuse(`an integer from ${least} to ${most}`, value, RangeError);
      return value;
    },
    (view, at, value) => view[`set${name}`](at, value, true),
    (rt, raw, at) => (raw === undefined ? rt.view[`get${name}`](at, true) : signed ? raw : raw >>> 0),
  );
}
/** A number where that is exact, else a BigInt. */
const exact = (value) => (value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value);
function large(signed) {
  const [least, most] = integer(64, signed);
  return scalar(
    8,
    (rt, value) => {
      if (typeof value === "number" && Number.isInteger(value)) {
        if (!Number.isSafeInteger(value)) rt.refuse("a safe integer, or a BigInt", value, RangeError);
        value = BigInt(value);
      }
      if (typeof value !== "bigint") rt.refuse("an integer", value);
      if (value < least || value > most) rt.refuse(`an integer from ${least} to ${most}`, value, RangeError);
      return value;
    },
    (view, at, value) => view.setBigInt64(at, BigInt.asIntN(64, value), true),
    (rt, raw, at) => {
      if (raw === undefined) return exact(signed ? rt.view.getBigInt64(at, true) : rt.view.getBigUint64(at, true));
      return exact(signed ? raw : BigInt.asUintN(64, raw));
    },
  );
}
function enumeration(name, values) {
  const names = new Map(Object.entries(values).map(([key, value]) => [value, key]));
  return scalar(
    4,
    (rt, value) => {
      if (typeof value === "string" && Object.hasOwn(values, value)) return values[value];
      return rt.refuse(`one of ${Object.keys(values).map((key) => JSON.stringify(key)).join(", ")}`, value);
    },
    (view, at, value) => view.setInt32(at, value, true),
    (rt, raw, at) => names.get(pick(raw, () => rt.view.getInt32(at, true))),
  );
}

/** Text, bytes, lists and maps: a pointer and a size. `put` gives both. */
const slice = (free, put, get) => ({
  size: 8,
  align: 4,
  width: 2,
  flat: (rt, value, args) => args.push(...put(rt, value)),
  unflat: (rt, raw, i) => get(rt, raw[i] >>> 0, raw[i + 1] >>> 0),
  write(rt, at, value) {
    const [data, size] = put(rt, value);
    rt.view.setUint32(at, data, true);
    rt.view.setUint32(at + 4, size, true);
  },
  read: (rt, at) => get(rt, rt.view.getUint32(at, true), rt.view.getUint32(at + 4, true)),
  drop: free === undefined ? undefined : (rt, at) => rt.exports[free](at),
});
const text = (free) => slice(free, (rt, value) => rt.text(value), (rt, at, size) => rt.textAt(at, size));
const bytes = (free) =>
  slice(
    free,
    (rt, value) => {
      if (value instanceof Uint8Array) return rt.blob(value);
      return rt.refuse("a Uint8Array", value);
    },
    (rt, at, size) => rt.bytes.slice(at, at + size),
  );
const stride = (type) => Math.ceil(type.size / type.align) * type.align;
const list = (item, free) =>
  slice(
    free,
    (rt, value) => {
      if (typeof value !== "object" || value === null || typeof value[Symbol.iterator] !== "function") rt.refuse("an array", value);
      const items = Array.isArray(value) ? value : Array.from(value);
      const step = stride(item);
      const at = rt.alloc(items.length * step, item.align);
      rt.bytes.fill(0, at, at + items.length * step);
      for (let i = 0; i < items.length; i++) item.write(rt, at + i * step, items[i]);
      return [at, items.length];
    },
    (rt, at, size) => {
      const out = [];
      for (let i = 0; i < size; i++) out.push(item.read(rt, at + i * stride(item)));
      return out;
    },
  );
const map = (item, free) => {
  const align = Math.max(4, item.align);
  const offset = Math.ceil(8 / item.align) * item.align;
  const step = Math.ceil((offset + item.size) / align) * align;
  return slice(
    free,
    (rt, value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) rt.refuse("a Map or an object", value);
      const entries = value instanceof Map ? [...value] : Object.entries(value);
      const at = rt.alloc(entries.length * step, align);
      rt.bytes.fill(0, at, at + entries.length * step);
      entries.forEach(([key, inner], i) => {
        const [data, size] = rt.text(key);
        rt.view.setUint32(at + i * step, data, true);
        rt.view.setUint32(at + i * step + 4, size, true);
        item.write(rt, at + i * step + offset, inner);
      });
      return [at, entries.length];
    },
    (rt, at, size) => {
      const out = new Map();
      for (let i = 0; i < size; i++) {
        const entry = at + i * step;
        out.set(rt.textAt(rt.view.getUint32(entry, true), rt.view.getUint32(entry + 4, true)), item.read(rt, entry + offset));
      }
      return out;
    },
  );
};

/** What goes in as a pointer to its structure. */
const structure = (size, align, free, write, read) => ({
  size,
  align,
  width: 1,
  flat(rt, value, args) {
    const at = rt.alloc(size, align);
    rt.bytes.fill(0, at, at + size);
    write(rt, at, value);
    args.push(at);
  },
  unflat: (rt, raw, i) => read(rt, raw[i] >>> 0),
  write,
  read,
  drop: free === undefined ? undefined : (rt, at) => rt.exports[free](at),
});
function optional(item, free) {
  const align = item.align;
  const offset = align;
  const size = Math.ceil((offset + item.size) / align) * align;
  return {
    size,
    align,
    width: 1,
    flat(rt, value, args) {
      if (value === undefined || value === null) return args.push(0);
      const at = rt.alloc(item.size, item.align);
      rt.bytes.fill(0, at, at + item.size);
      item.write(rt, at, value);
      return args.push(at);
    },
    unflat: (rt, raw, i) => (raw[i] === 0 ? undefined : item.read(rt, raw[i] >>> 0)),
    write(rt, at, value) {
      if (value === undefined || value === null) return;
      rt.view.setUint8(at, 1);
      item.write(rt, at + offset, value);
    },
    read: (rt, at) => (rt.view.getUint8(at) === 0 ? undefined : item.read(rt, at + offset)),
    drop: free === undefined ? undefined : (rt, at) => rt.exports[free](at),
  };
}
function record(name, fields, free) {
  let size = 0;
  let align = 1;
  const placed = fields.map(([key, type, empty]) => {
    const offset = Math.ceil(size / type.align) * type.align;
    size = offset + type.size;
    align = Math.max(align, type.align);
    return [key, type, empty, offset];
  });
  size = Math.ceil(size / align) * align;
  return structure(
    size,
    align,
    free,
    (rt, at, value) => {
      if (typeof value !== "object" || value === null) rt.refuse(`an object (${name})`, value);
      for (const key of Object.keys(value)) if (!placed.some(([known]) => known === key)) rt.refuse(`a ${name}`, `with \`${key}\``);
      for (const [key, type, empty, offset] of placed) type.write(rt, at + offset, value[key] === undefined ? empty() : value[key]);
    },
    (rt, at) => {
      const out = {};
      for (const [key, type, , offset] of placed) out[key] = type.read(rt, at + offset);
      return out;
    },
  );
}

const date = structure(
  8,
  4,
  undefined,
  (rt, at, value) => {
    const match = typeof value === "string" ? /^([+-]?\d{4,6})-(\d\d)-(\d\d)$/.exec(value) : null;
    if (match === null) rt.refuse("a date as YYYY-MM-DD", value);
    rt.view.setInt32(at, Number(match[1]), true);
    rt.view.setUint8(at + 4, Number(match[2]));
    rt.view.setUint8(at + 5, Number(match[3]));
  },
  (rt, at) => {
    const pad = (number, size) => String(Math.abs(number)).padStart(size, "0");
    const year = rt.view.getInt32(at, true);
    return `${year < 0 ? "-" : ""}${pad(year, 4)}-${pad(rt.view.getUint8(at + 4), 2)}-${pad(rt.view.getUint8(at + 5), 2)}`;
  },
);
const writeTime = (rt, at, milliseconds) => {
  const seconds = Math.floor(milliseconds / 1000);
  rt.view.setBigInt64(at, BigInt(seconds), true);
  rt.view.setInt32(at + 8, Math.round((milliseconds - seconds * 1000) * 1e6), true);
};
const readTime = (rt, at) => Number(rt.view.getBigInt64(at, true)) * 1000 + rt.view.getInt32(at + 8, true) / 1e6;
const instant = structure(
  16,
  8,
  undefined,
  (rt, at, value) => {
    if (!(value instanceof Date) || Number.isNaN(value.getTime())) rt.refuse("a valid Date", value);
    writeTime(rt, at, value.getTime());
  },
  (rt, at) => new Date(readTime(rt, at)),
);
const duration = structure(
  16,
  8,
  undefined,
  (rt, at, value) => {
    if (typeof value !== "number" || !Number.isFinite(value)) rt.refuse("a number of milliseconds", value);
    writeTime(rt, at, value);
  },
  readTime,
);

const depthLimit = 1000;
function writeTree(rt, at, value, depth) {
  const view = rt.view;
  if (depth > depthLimit) rt.refuse("a value that is not nested so deeply", value, RangeError);
  if (value === null || value === undefined) return view.setInt32(at, 0, true);
  if (typeof value === "boolean") return view.setInt32(at, 1, true), view.setUint8(at + 8, value ? 1 : 0);
  if (typeof value === "number") {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      return view.setInt32(at, 2, true), view.setBigInt64(at + 8, BigInt(value), true);
    }
    return view.setInt32(at, 4, true), view.setFloat64(at + 8, value, true);
  }
  if (typeof value === "bigint") {
    if (value < -(2n ** 63n) || value >= 2n ** 64n) rt.refuse("an integer of 64 bits", value, RangeError);
    return view.setInt32(at, value < 2n ** 63n ? 2 : 3, true), view.setBigInt64(at + 8, BigInt.asIntN(64, value), true);
  }
  const write = (kind, data, size) => {
    rt.view.setInt32(at, kind, true);
    rt.view.setUint32(at + 4, size, true);
    rt.view.setUint32(at + 8, data, true);
  };
  if (typeof value === "string") return write(5, ...rt.text(value));
  if (Array.isArray(value)) {
    const items = rt.alloc(value.length * 16, 8);
    rt.bytes.fill(0, items, items + value.length * 16);
    value.forEach((item, i) => writeTree(rt, items + i * 16, item, depth + 1));
    return write(6, items, value.length);
  }
  const plain = typeof value === "object" && (value instanceof Map || [null, Object.prototype].includes(Object.getPrototypeOf(value)));
  if (!plain) rt.refuse("null, a boolean, a number, a BigInt, a string, an array, a Map or a plain object", value);
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const items = rt.alloc(entries.length * 24, 8);
  rt.bytes.fill(0, items, items + entries.length * 24);
  entries.forEach(([key, item], i) => {
    const [data, size] = rt.text(key);
    rt.view.setUint32(items + i * 24, data, true);
    rt.view.setUint32(items + i * 24 + 4, size, true);
    writeTree(rt, items + i * 24 + 8, item, depth + 1);
  });
  return write(7, items, entries.length);
}
function readTree(rt, at) {
  const view = rt.view;
  const size = view.getUint32(at + 4, true);
  const data = view.getUint32(at + 8, true);
  switch (view.getInt32(at, true)) {
    case 1: return view.getUint8(at + 8) !== 0;
    case 2: return exact(view.getBigInt64(at + 8, true));
    case 3: return exact(view.getBigUint64(at + 8, true));
    case 4: return view.getFloat64(at + 8, true);
    case 5: return rt.textAt(data, size);
    case 6: {
      const out = [];
      for (let i = 0; i < size; i++) out.push(readTree(rt, data + i * 16));
      return out;
    }
    case 7: {
      const out = {};
      for (let i = 0; i < size; i++) {
        const entry = data + i * 24;
        const key = rt.textAt(view.getUint32(entry, true), view.getUint32(entry + 4, true));
        const value = readTree(rt, entry + 8);
        if (key === "__proto__") {
          Object.defineProperty(out, key, { value, enumerable: true, configurable: true, writable: true });
        } else {
          out[key] = value;
        }
      }
      return out;
    }
    default: return null;
  }
}
const tree = (free) => structure(16, 8, free, (rt, at, value) => writeTree(rt, at, value, 0), readTree);

/**
 * A class; `find` gives it, because a type may be used before its class is made. `empty`: null stands for none.
 * `numbered`: its handle is a number of 64 bits, not a pointer. Reading takes the handle out of its structure.
 */
const object = (find, { empty = false, numbered = false } = {}) => ({
  size: numbered ? 8 : 4,
  align: numbered ? 8 : 4,
  width: 1,
  take(rt, value) {
    if (empty && (value === undefined || value === null)) return numbered ? 0n : 0;
    const Class = find();
    if (!(value instanceof Class)) rt.refuse(Class.name, value);
    return live(rt, value, Class);
  },
  flat(rt, value, args) {
    args.push(this.take(rt, value));
  },
  unflat: (rt, raw, i) => adopt(find(), numbered ? BigInt.asUintN(64, raw[i]) : raw[i] >>> 0),
  write(rt, at, value) {
    (numbered ? number : pointer).write(rt, at, this.take(rt, value));
  },
  read(rt, at) {
    const type = numbered ? number : pointer;
    const held = type.read(rt, at);
    type.write(rt, at, numbered ? 0n : 0);
    return adopt(find(), held);
  },
});
const pointer = {
  size: 4,
  align: 4,
  read: (rt, at) => rt.view.getUint32(at, true),
  write: (rt, at, value) => rt.view.setUint32(at, value, true),
};
const number = {
  size: 8,
  align: 8,
  read: (rt, at) => rt.view.getBigUint64(at, true),
  write: (rt, at, value) => rt.view.setBigUint64(at, value, true),
};

/** The handle of an object, which is of this class of this module. */
function live(rt, value, Class) {
  const held = value?.[handle];
  if (held?.Class !== Class) throw new TypeError(`${rt.where}(): this is not an object of type ${Class.name}`);
  if (!held.at) throw new Error(`${rt.where}(): this ${Class.name} is disposed or used up`);
  return held.at;
}
/** Makes the object of a handle; the registry frees the handle when the object is collected. */
function adopt(Class, at, made) {
  if (!at) return undefined;
  const out = made ?? Object.create(Class.prototype);
  const held = { at, Class };
  Object.defineProperty(out, handle, { value: held });
  Class.registry.register(out, held, out);
  return out;
}

/** A callback: the address of the import's stub, which function it is, the address of the stub that lets it go. */
const callback = (name, args, result) => ({
  args,
  result,
  name,
  width: 3,
  flat(rt, value, flat) {
    if (typeof value !== "function") rt.refuse("a function", value);
    rt.frame ??= { waits: true };
    const id = ++rt.lastCallback;
    rt.callbacks.set(id, { call: value, frame: rt.frame });
    flat.push(rt.exports[`${name}_pointer`](), id, rt.exports[`${rt.prefix}release_pointer`]());
  },
});

/** What the module asks of its host; override what you have better. */
function wasi(rt, module, given) {
  const known = {
    fd_prestat_get: () => 8,
    fd_write(fd, list, count, written) {
      let size = 0;
      let out = "";
      for (let i = 0; i < count; i++) {
        const length = rt.view.getUint32(list + 8 * i + 4, true);
        out += rt.textAt(rt.view.getUint32(list + 8 * i, true), length);
        size += length;
      }
      if (out.trim() !== "") console.error(out.trimEnd());
      rt.view.setUint32(written, size, true);
      return 0;
    },
    environ_sizes_get(count, size) {
      rt.view.setUint32(count, 0, true);
      rt.view.setUint32(size, 0, true);
      return 0;
    },
    environ_get: () => 0,
    clock_time_get(id, precision, at) {
      rt.view.setBigUint64(at, BigInt(Math.round(id === 0 ? Date.now() * 1e6 : performance.now() * 1e6)), true);
      return 0;
    },
    random_get(at, size) {
      crypto.getRandomValues(rt.bytes.subarray(at, at + size));
      return 0;
    },
    proc_exit(status) {
      throw new Error(`the module ended with status ${status}`);
    },
  };
  const out = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    if (from === "wasi_snapshot_preview1") out[name] = given?.[name] ?? known[name] ?? (() => 52);
  }
  return out;
}
)javascript";

}  // namespace superffi
