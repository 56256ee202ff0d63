// SPDX-License-Identifier: Apache-2.0
// Says in the page, not in the console, that the browser gave no passkey. The one script of ours: a browser hands out
// passkeys to scripts only.
document.addEventListener('allauth.error', function (event) {
  const said = document.getElementById('passkey-trouble')
  if (!said) return
  event.preventDefault()
  said.hidden = false
  said.focus()
})
