/** C++ that reads a list where the binding knows one value; `element` is the list's current one, `i` its place. */
const listCase = (before: string, each: string, set: string): string => `
      if (IsArray(env, nstatus, &js_value)) {
        uint32_t length;
        nstatus = napi_get_array_length(env, js_value, &length);
        ENSURE_NAPI_OK(env, nstatus);
        ${before}
        for (uint32_t i = 0; i < length; ++i) {
          napi_value element;
          nstatus = napi_get_element(env, js_value, i, &element);
          ENSURE_NAPI_OK(env, nstatus);
          ${each}
          ENSURE_NAPI_OK(env, nstatus);
        }
        ${set}
        break;
      }`;

const additions: readonly [label: string, code: string][] = [
  [
    'case TF_ATTR_STRING: {',
    listCase(
      'std::vector<std::string> strings(length); std::vector<const void *> values(length); std::vector<size_t> lengths(length);',
      'nstatus = GetStringParam(env, element, strings[i]); values[i] = strings[i].data(); lengths[i] = strings[i].size();',
      'TFE_OpSetAttrStringList(tfe_op, attr_name, values.data(), lengths.data(), static_cast<int>(length));',
    ),
  ],
  [
    'case TF_ATTR_TYPE: {',
    listCase(
      'std::vector<TF_DataType> types(length);',
      'nstatus = napi_get_value_int32(env, element, reinterpret_cast<int32_t *>(&types[i]));',
      'TFE_OpSetAttrTypeList(tfe_op, attr_name, types.data(), static_cast<int>(length));',
    ),
  ],
];

/**
 * The binding's `tfjs_backend.cc` with lists of strings and of types among the attributes that an operation may have, as it has
 * lists of numbers already: without them fused kernels cannot be called. A source that is laid out in another way is returned
 * as it is; what needs the lists then does without.
 */
export function withAttributeLists(source: string): string {
  const once = (label: string): boolean => source.split(label).length === 2;
  if (!additions.every(([label]) => once(label))) return source;
  return additions.reduce((text, [label, code]) => text.replace(label, () => `${label}${code}`), source);
}
