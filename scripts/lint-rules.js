// The lint rules that are ours: .oxlintrc.json says where they hold.

const EQUAL = /^(?:toMatchObject|toEqual|toStrictEqual)$/;

/** @param {any} node whether it is a value of an object that something is compared with */
function isCompared({ parent }) {
  if (parent.type !== 'Property') return false;
  for (let at = parent.parent; at; at = at.parent) {
    if (at.type === 'CallExpression' && EQUAL.test(at.callee.property?.name)) return true;
  }
  return false;
}

export default {
  meta: { name: 'ours' },
  rules: {
    'no-pattern-in-equal': {
      create: (context) => ({
        Literal(node) {
          if (!node.regex || !isCompared(node)) return;
          const message =
            'A pattern is equal to any text here, so that nothing is checked: expect.stringMatching(/…/) as unknown';
          context.report({ node, message });
        },
      }),
    },
  },
};
