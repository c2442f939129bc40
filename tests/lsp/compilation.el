;;; Runs the program by `M-x compile' and holds that Emacs knows each place.  -*- lexical-binding: t -*-

(require 'compile)

(defvar compilation-is-done nil)
(add-hook 'compilation-finish-functions (lambda (&rest _) (setq compilation-is-done t)))

(with-current-buffer (compile "soreaid-lint --format short 'all kinds.md'")
  (while (not compilation-is-done) (accept-process-output nil 0.05))
  (compilation--ensure-parse (point-max))
  (goto-char (point-min))
  (let ((findings 0) (places 0))
    (while (re-search-forward "^\\(.*?:[0-9]+:[0-9]+\\): [a-z]+\\[" nil t)
      (setq findings (1+ findings))
      (when-let ((words (match-string 1))
                 (seen (get-text-property (match-beginning 1) 'compilation-message))
                 (place (compilation--message->loc seen)))
        (let ((place (format "%s:%d:%d" (caar (compilation--loc->file-struct place))
                             (compilation--loc->line place) (compilation--loc->col place))))
          (message "       %s, of type %d" place (compilation--message->type seen))
          (when (equal place words) (setq places (1+ places))))))
    (let ((is-right (and (< 0 findings) (= places findings))))
      (message "%s every finding has the place that is written: %d of %d" (if is-right "ok    " "FAILED") places findings)
      (kill-emacs (if is-right 0 1)))))
