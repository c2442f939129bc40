-- Drives the language server from Neovim, headless: nvim --headless -u NONE -l is newer than Debian's, so
--   PROGRAM=… ARTICLE=… nvim --headless -u NONE -c 'luafile tests/lsp/neovim.lua'
-- Prints what Neovim saw, and ends with 1 if that is not what it should be.

local failed = false

local function check(condition, words)
  print((condition and 'ok    ' or 'FAILED') .. ' ' .. words)
  failed = failed or not condition
end

local function wait(words, condition)
  check(vim.wait(20000, condition, 20), words)
end

local article = os.getenv('ARTICLE')
local folder = vim.fn.fnamemodify(article, ':h')
vim.cmd('edit ' .. vim.fn.fnameescape(article))
vim.bo.filetype = 'markdown'
local buffer = vim.api.nvim_get_current_buf()

local client_id = vim.lsp.start_client({
  name = 'soreaid-lint',
  cmd = { os.getenv('PROGRAM'), 'lsp', '--today', '2026-11-23' },
  root_dir = folder,
  workspace_folders = { { uri = vim.uri_from_fname(folder), name = 'articles' } },
})
vim.lsp.buf_attach_client(buffer, client_id)

local function findings()
  return vim.diagnostic.get(buffer)
end

local function has(rule)
  for _, it in ipairs(findings()) do
    if (it.code or (it.user_data and it.user_data.lsp and it.user_data.lsp.code)) == rule then
      return it
    end
  end
end

wait('findings come when an article is opened', function() return #findings() > 0 end)
local client = vim.lsp.get_client_by_id(client_id)
print('       offset encoding: ' .. client.offset_encoding)
for _, it in ipairs(findings()) do
  print(string.format('       %d:%d-%d:%d %s', it.lnum + 1, it.col + 1, it.end_lnum + 1, it.end_col + 1,
    (it.message:gsub('\n', ' | '))))
end

local skipped = has('skipped-heading-level')
check(skipped ~= nil, 'the skipped heading level is among them')
local line = vim.api.nvim_buf_get_lines(buffer, skipped.lnum, skipped.lnum + 1, false)[1]
check(line:sub(skipped.col + 1, skipped.end_col):find('Two 😀', 1, true) ~= nil,
  'its place is that of its words: ' .. line:sub(skipped.col + 1, skipped.end_col))

local place = {
  textDocument = vim.lsp.util.make_text_document_params(buffer),
  position = { line = skipped.lnum, character = 2 },
}
local hover = vim.lsp.buf_request_sync(buffer, 'textDocument/hover', place, 20000)[client_id].result
check(hover and hover.contents.value:find('Why it matters', 1, true) ~= nil, 'hover says why it matters')
print('       ' .. hover.contents.value:gsub('\n', '\n       '))

local range = { start = place.position, ['end'] = place.position }
local function actions(only)
  local params = { textDocument = place.textDocument, range = range, context = { diagnostics = {}, only = only } }
  return vim.lsp.buf_request_sync(buffer, 'textDocument/codeAction', params, 20000)[client_id].result
end
for _, it in ipairs(actions()) do
  print('       action: ' .. it.title .. ' [' .. it.kind .. ']')
end

vim.lsp.util.apply_workspace_edit(actions({ 'source.fixAll' })[1].edit, client.offset_encoding)
wait('all safe fixes take the finding away', function() return not has('skipped-heading-level') end)
check(vim.api.nvim_buf_get_lines(buffer, skipped.lnum, skipped.lnum + 1, false)[1] == '### Two 😀',
  'the line is what it should be')

-- Typing before and after characters of two UTF-16 units.
local last = vim.api.nvim_buf_line_count(buffer)
vim.api.nvim_buf_set_lines(buffer, last, last, false, { '', '😀 Hot 😀', '', '## 😀 Sources' })
wait('an empty section is found as it is typed', function() return has('empty-section') ~= nil end)
vim.api.nvim_buf_set_text(buffer, last + 1, 4, last + 1, 4, { 'very ', '', '## 😀' })
vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { '', 'NHS 😀' })
wait('and is none when it has words', function() return not has('empty-section') end)
local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
check(text:find('😀very \n\n## 😀 Hot 😀\n\n## 😀 Sources\n\nNHS 😀', 1, true) ~= nil, 'the text is what was typed')

vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { '', '## Last' })
wait('the server has the same text', function()
  local it = has('empty-section')
  return it ~= nil and it.lnum == vim.api.nvim_buf_line_count(buffer) - 1
end)

vim.lsp.stop_client(client_id)
wait('the server ends when it is told to', function() return vim.lsp.get_client_by_id(client_id) == nil end)
vim.cmd(failed and 'cquit!' or 'qall!')
