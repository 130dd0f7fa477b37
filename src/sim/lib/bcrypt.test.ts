import { expect, test } from 'vitest';
import { bcrypt, bcryptMatches } from './bcrypt.ts';

/** Made by Apache's htpasswd and by OpenBSD. */
test.each([
  ['secret', '$2y$05$3DsKuVhK.uExb4rUYH8fUeiJ9TjKUgoS8apxGQRqAsUJhb0Pjmjmi'],
  ['U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy'],
])('the password %j', (password, stored) => {
  expect(bcryptMatches(password, stored)).toBe(true);
  expect(bcryptMatches(`${password}x`, stored)).toBe(false);
});

test('what it makes it takes', () => {
  const stored = bcrypt('testpassword', 5, new Uint8Array(16).fill(7));
  expect(stored).toMatch(/^\$2y\$05\$/);
  expect(bcryptMatches('testpassword', stored)).toBe(true);
});
