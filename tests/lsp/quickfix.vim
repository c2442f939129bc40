" Writes the entries of the quickfix list to `seen`, and ends Vim.
let s:entries = filter(getqflist(), 'v:val.valid')
call writefile(map(s:entries, {_, it -> printf('%s:%d:%d:%s: %s', bufname(it.bufnr), it.lnum, it.col, it.type, trim(it.text))}), 'seen')
qall!
