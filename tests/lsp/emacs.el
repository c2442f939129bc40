;;; Drives the language server from Emacs by Eglot, which `editors/emacs.md` has set up.  -*- lexical-binding: t -*-
;;;   ARTICLE=… emacs --batch -l THE-LINES-OF-editors/emacs.md -l tests/lsp/emacs.el
;;; Prints what Emacs saw, and ends with 1 if that is not what it should be.

(require 'eglot)
(require 'markdown-mode)

(defvar seen-failure nil)

(defun check (condition words)
  (message "%s %s" (if condition "ok    " "FAILED") words)
  (unless condition (setq seen-failure t)))

(defun wait (words condition)
  (let ((end (time-add nil 20)))
    (while (and (not (funcall condition)) (time-less-p nil end))
      (accept-process-output nil 0.05))
    (check (funcall condition) words)))

(find-file (getenv "ARTICLE"))
(check (derived-mode-p 'markdown-mode) "the article is Markdown")
;; What `eglot-ensure' does once Emacs has a window: the program is the one that the lines of the page name.
(let ((eglot-sync-connect 20))
  (apply #'eglot--connect (eglot--guess-contact)))
(check (eglot-managed-p) "the server of editors/emacs.md is started")

(defun findings ()
  (flymake-start)
  (flymake-diagnostics))

(defun has (words)
  (seq-find (lambda (it) (string-search words (flymake-diagnostic-text it))) (findings)))

(wait "findings come when an article is opened" #'findings)
(dolist (it (findings))
  (message "       %d:%d %s %s" (line-number-at-pos (flymake-diagnostic-beg it))
           (save-excursion (goto-char (flymake-diagnostic-beg it)) (1+ (current-column)))
           (flymake-diagnostic-type it)
           (string-replace "\n" " | " (flymake-diagnostic-text it))))
(let ((skipped (has "a heading of level 4")))
  (check skipped "the skipped heading level is among them")
  (goto-char (flymake-diagnostic-beg skipped))
  (check (looking-at "#### Two 😀$") "its place is that of its words"))

(let ((hover (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover
                              (eglot--TextDocumentPositionParams))))
  (check (string-search "Why it matters" (plist-get (plist-get hover :contents) :value))
         "hover says why it matters"))

(defun actions (kind)
  (append (jsonrpc-request (eglot--current-server-or-lose) :textDocument/codeAction
                           (list :textDocument (eglot--TextDocumentIdentifier)
                                 :range (list :start (eglot--pos-to-lsp-position) :end (eglot--pos-to-lsp-position))
                                 :context (list :diagnostics [] :only (vector kind))))
          nil))
(dolist (it (append (actions "quickfix") (actions "source.fixAll")))
  (message "       action: %s [%s]" (plist-get it :title) (plist-get it :kind)))
(eglot--apply-workspace-edit (plist-get (car (actions "source.fixAll")) :edit))
(check (string-search "\n### Two 😀\n" (buffer-string)) "all safe fixes mend the heading")
(eglot--signal-textDocument/didChange)
(wait "and its finding is gone" (lambda () (not (has "a heading of level 4"))))

(goto-char (point-max))
(insert "\n😀 Tea 😀\n\n## Last 😀\n")
(eglot--signal-textDocument/didChange)
(wait "a finding comes as it is typed" (lambda () (has "the section `Last 😀` is empty")))

(set-buffer-modified-p nil)
(eglot-shutdown (eglot--current-server-or-lose) nil 20)
(check (not (eglot-managed-p)) "the server ends when it is told to")
(kill-emacs (if seen-failure 1 0))
