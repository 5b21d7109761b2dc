//! The command table: every command a face may call, with its argument, result and event types.
//!
//! [`command_table!`] hands the table to another macro; the dispatcher (`dispatch.rs`) and the
//! TypeScript client (`bindings.rs`) are both made from it, so neither can miss a command.

/// Applies a macro to the table. A line is `name(Argument) -> Result` or,
/// for a command that streams, `name(Argument) -> Result, Event`.
macro_rules! command_table {
    ($apply:ident) => {
        $apply! {
            /// What a window needs for its first frame.
            boot(Empty) -> Boot;
            /// The first frame that can be used is on the screen.
            ready(Empty) -> Empty;
            /// Opens a folder in this window.
            open_workspace(OpenWorkspace) -> WorkspaceView;
            /// Makes a workspace and opens it in this window.
            create_workspace(CreateWorkspace) -> WorkspaceView;
            /// Opens a further window.
            open_window(OpenWindow) -> Empty;
            /// Takes a folder off the list of recent ones.
            forget_workspace(OpenWorkspace) -> Empty;
            /// Tells what changes around the workspace until the window closes.
            watch(Empty) -> Empty, WorkspaceEvent;
            /// Keeps tabs, widths and the like.
            save_ui_state(SaveUiState) -> Empty;
            /// Keeps unsaved work.
            save_draft(SaveDraft) -> Empty;
            /// Forgets unsaved work.
            discard_draft(DiscardDraft) -> Empty;
            /// Asks for a place on disk with the system's dialog.
            pick_path(PickPath) -> PickedPath;

            /// Reads a request.
            read_request(ItemPath) -> RequestDoc;
            /// What a request at this place inherits.
            inherited(ItemPath) -> Inherited;
            /// Saves a request.
            save_request(SaveRequest) -> Saved;
            /// Mine and theirs, line by line.
            compare_request(CompareRequest) -> Comparison;
            /// Makes a request.
            create_request(CreateRequest) -> Saved;
            /// Reads a folder's or the collection's settings.
            read_folder(ItemPath) -> FolderDoc;
            /// Saves them.
            save_folder(SaveFolder) -> Saved;
            /// Makes a folder.
            create_folder(CreateFolder) -> Moved;
            /// Renames an item.
            rename(Rename) -> Moved;
            /// Copies items beside themselves.
            duplicate(ItemPaths) -> Moved;
            /// Moves items.
            move_items(MoveItems) -> Moved;
            /// Deletes items; they can be brought back.
            delete(ItemPaths) -> Deleted;
            /// Brings deleted items back.
            undo_delete(UndoDelete) -> Moved;
            /// Reads a curl command.
            parse_curl(CurlText) -> ParsedRequest;
            /// Writes a request as a curl command; variables stay.
            to_curl(ToCurl) -> Text;

            /// Reads a file, folder, archive, address or paste, without writing anything.
            preview_import(PreviewImport) -> ImportPreview;
            /// Fetches what it refers to at hosts that were agreed to, and reads it again.
            fetch_for_import(FetchForImport) -> ImportPreview;
            /// Lines of its receipt.
            import_receipt(ImportReceipt) -> ReceiptPage;
            /// Writes it, as a whole or not at all.
            apply_import(ApplyImport) -> Imported;
            /// Forgets it.
            drop_import(DropImport) -> Empty;
            /// Compares a linked place with its description.
            open_api_difference(OpenApiDifference) -> ApiDifference;
            /// Takes changes of a description over.
            apply_api_difference(ApplyApiDifference) -> Imported;
            /// The formats to export to.
            export_formats(Empty) -> Vec<ExportFormat>;
            /// What an export would say.
            preview_export(PreviewExport) -> ExportPreview;
            /// Exports to files.
            export(Export) -> Exported;
            /// The languages and libraries to write requests in.
            code_targets(Empty) -> Vec<CodeTarget>;
            /// Writes a request as source code.
            generate_code(GenerateCode) -> GeneratedCode;

            /// Reads an environment.
            read_environment(EnvironmentName) -> EnvironmentDoc;
            /// Saves an environment.
            save_environment(SaveEnvironment) -> EnvironmentDoc;
            /// Makes an environment.
            create_environment(CreateEnvironment) -> EnvironmentDoc;
            /// Deletes an environment and its secrets.
            delete_environment(EnvironmentName) -> Empty;
            /// Chooses the environment requests are sent in.
            select_environment(SelectEnvironment) -> Empty;
            /// The variables a request sees.
            variables(Variables) -> Vec<VariableView>;
            /// The variables that are made at each use.
            dynamic_variables(Empty) -> Vec<DynamicVariable>;
            /// Stores a secret.
            set_secret(SetSecret) -> SecretView;
            /// Deletes a secret.
            delete_secret(SecretName) -> Empty;
            /// Shows a secret.
            reveal_secret(SecretName) -> Revealed;
            /// Asks the keychain how it is.
            keychain(Empty) -> KeychainView;
            /// Accepts that the keychain is another one than last time.
            adopt_keychain(Empty) -> KeychainView;

            /// What is known of a token.
            token(AuthPlace) -> TokenView;
            /// Gets a token, with a browser if need be.
            log_in(LogIn) -> TokenView, LoginEvent;
            /// Hands in the final URL of a browser leg by hand.
            finish_login(FinishLogin) -> Empty;
            /// Refreshes a token now.
            refresh_token(AuthPlace) -> TokenView;
            /// Has the provider revoke a token, and forgets it.
            revoke_token(AuthPlace) -> TokenView;
            /// Asks the provider what a token is worth.
            introspect_token(AuthPlace) -> Text;
            /// Forgets a token.
            log_out(AuthPlace) -> TokenView;
            /// Shows a token.
            copy_token(CopyToken) -> Revealed;
            /// The services whose auth is known.
            providers(Empty) -> Vec<ProviderView>;
            /// Opens a page in the system's browser.
            open_link(OpenLink) -> Empty;
            /// Sends a request with credentials of several kinds.
            check_auth(CheckAuth) -> AuthCheck, AuthCheckRow;
            /// Literals that look like credentials.
            find_literals(FindLiterals) -> Vec<LiteralFound>;
            /// Puts a value into the keychain under a new secret variable.
            keep_as_secret(KeepAsSecret) -> KeptAsSecret;
            /// The commands that secrets of this workspace come from.
            secret_commands(Empty) -> Vec<CommandApproval>;
            /// Lets such a command run, or no longer.
            approve_command(ApproveCommand) -> Vec<CommandApproval>;
            /// Who shares secrets in this workspace.
            sharing(Empty) -> SharingView;
            /// Makes this person a key to open shared secrets with.
            create_identity(Empty) -> SharingView;
            /// Sets who may open shared secrets.
            save_recipients(SaveRecipients) -> SharingView;
            /// Seals secrets into the repository.
            seal_secrets(SealSecrets) -> Sealed;
            /// What opening the sealed secrets would do.
            read_shared(Empty) -> SharedPlan;
            /// Takes sealed secrets over into the keychain.
            take_shared(TakeShared) -> SharedPlan;

            /// Sends a request.
            send(Send) -> Exchange, ExchangeEvent;
            /// Cancels one.
            cancel(Cancel) -> Empty;

            /// Opens a view of a body.
            open_view(OpenView) -> OpenedView;
            /// How far a view is.
            view_progress(ViewId) -> ViewProgress;
            /// Closes a view.
            close_view(ViewId) -> Empty;
            /// Rows of a view.
            rows(RowsOf) -> Rows;
            /// Folds or unfolds a row.
            fold_row(FoldRow) -> ViewProgress;
            /// Folds to a level or unfolds everything.
            fold_all(FoldAll) -> ViewProgress;
            /// Starts a search.
            find(Find) -> FindProgress;
            /// How far the search is.
            find_progress(ViewId) -> FindProgress;
            /// Where a hit is; unfolds what hides it.
            hit(HitAt) -> Hit;
            /// The first hit at or after a row.
            hit_after(HitsIn) -> Hits;
            /// The hits in some rows.
            hits_in(HitsIn) -> Hits;
            /// Rows as text.
            text_of(TextOf) -> Text;
            /// The bytes of a small body.
            body_data(BodyId) -> BodyData;
            /// Writes a body to a file.
            save_body(SaveBody) -> Empty;

            /// The cookie jar.
            cookies(Empty) -> Cookies;
            /// Adds or replaces a cookie.
            set_cookie(SetCookie) -> Cookies;
            /// Removes cookies.
            remove_cookies(RemoveCookies) -> Cookies;

            /// Searches history.
            search_history(SearchHistory) -> HistoryPage;
            /// One entry, whole.
            history_detail(HistoryId) -> HistoryDetail;
            /// Writes entries to a HAR file, as a whole or not at all.
            export_history(ExportHistory) -> HistoryExported, HistoryProgress;
            /// Deletes entries with their bodies.
            delete_history(HistoryIds) -> Pruned;
            /// Prunes or clears history.
            prune_history(PruneHistory) -> Pruned;

            /// Saves the settings.
            save_settings(SaveSettings) -> Settings;
            /// Stops or starts verifying one host.
            trust_host(TrustHost) -> Settings;
            /// Starts the playground.
            start_playground(Empty) -> PlaygroundView;
        }
    };
}
pub(crate) use command_table;
