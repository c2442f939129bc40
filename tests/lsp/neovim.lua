-- Drives the language server from Neovim, which `editors/neovim.md` has set up:
--   ARTICLE=… nvim --headless -u THE-LINES-OF-editors/neovim.md -c 'luafile tests/lsp/neovim.lua'
-- Prints what Neovim saw, and ends with 1 if that is not what it should be.

local failed = false

local function say(words)
  io.stdout:write(words .. '\n')
end

local function check(condition, words)
  say((condition and 'ok     ' or 'FAILED ') .. words)
  failed = failed or not condition
end

local function wait(words, condition)
  check(vim.wait(20000, condition, 20), words)
end

local function run()
  local article = os.getenv('ARTICLE')
  vim.cmd('filetype on')
  vim.cmd('edit ' .. vim.fn.fnameescape(article))
  local buffer = vim.api.nvim_get_current_buf()
  local clients = vim.lsp.get_clients or vim.lsp.get_active_clients
  wait('the server is started for an article', function() return #clients() == 1 end)
  local client = clients()[1]
  say('       offset encoding: ' .. client.offset_encoding)

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

  local function line(number)
    return vim.api.nvim_buf_get_lines(buffer, number, number + 1, false)[1]
  end

  wait('findings come when an article is opened', function() return #findings() > 0 end)
  for _, it in ipairs(findings()) do
    say(string.format('       %d:%d-%d:%d %s', it.lnum + 1, it.col + 1, it.end_lnum + 1, it.end_col + 1,
      (it.message:gsub('\n', ' | '))))
  end
  local skipped = has('skipped-heading-level')
  check(skipped ~= nil, 'the skipped heading level is among them')
  check(line(skipped.lnum):sub(skipped.col + 1, skipped.end_col) == '#### Two 😀', 'its place is that of its words')

  local function ask(method, params)
    params.textDocument = vim.lsp.util.make_text_document_params(buffer)
    return vim.lsp.buf_request_sync(buffer, method, params, 20000)[client.id].result
  end

  local place = { line = skipped.lnum, character = 2 }
  local hover = ask('textDocument/hover', { position = place })
  check(hover and hover.contents.value:find('Why it matters', 1, true) ~= nil, 'hover says why it matters')
  say('       ' .. hover.contents.value:gsub('%s+$', ''):gsub('\n', '\n       '))
  for _, it in ipairs(ask('textDocument/codeAction', {
    range = { start = place, ['end'] = place },
    context = { diagnostics = {} },
  })) do
    say('       action: ' .. it.title .. ' [' .. it.kind .. ']')
  end

  vim.cmd('silent write')
  check(line(skipped.lnum) == '### Two 😀', 'all safe fixes are made when it is saved')
  check(vim.fn.readfile(article)[skipped.lnum + 1] == '### Two 😀', 'and they are in the file')
  wait('their finding is gone', function() return not has('skipped-heading-level') end)

  -- Typing before and after characters of two UTF-16 units.
  local last = vim.api.nvim_buf_line_count(buffer)
  vim.api.nvim_buf_set_lines(buffer, last, last, false, { '', '😀 Hot 😀', '', '## 😀 Origins' })
  wait('an empty section is found as it is typed', function() return has('empty-section') ~= nil end)
  vim.api.nvim_buf_set_text(buffer, last + 1, 4, last + 1, 4, { ' tea', '', 'Or 😀' })
  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { '', 'NHS 😀' })
  wait('and is none when it has words', function() return not has('empty-section') end)
  local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
  check(text:find('😀 tea\n\nOr 😀 Hot 😀\n\n## 😀 Origins\n\nNHS 😀', 1, true) ~= nil, 'the text is what was typed')
  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { '', '## Last' })
  wait('the server has the same text', function()
    local it = has('empty-section')
    return it ~= nil and it.lnum == vim.api.nvim_buf_line_count(buffer) - 1
  end)

  client.stop()
  wait('the server ends when it is told to', function()
    return #clients() == 0
  end)
end

local done, why = pcall(run)
check(done, 'nothing went wrong in between' .. (done and '' or ': ' .. tostring(why)))
vim.cmd(failed and 'cquit!' or 'qall!')
