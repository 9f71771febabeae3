using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Access.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CreateAccess : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "access_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    user_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    bootstrap_hash = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    password_expired = table.Column<bool>(type: "INTEGER", nullable: false),
                    roles = table.Column<string>(type: "TEXT", nullable: false),
                    suspended = table.Column<bool>(type: "INTEGER", nullable: false),
                    link_head = table.Column<byte[]>(type: "BLOB", nullable: true),
                    link_wrap = table.Column<byte[]>(type: "BLOB", nullable: true),
                    link_tail = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_accounts", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "access_partners",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    secret_hash = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    jwks = table.Column<string>(type: "TEXT", nullable: true),
                    scopes = table.Column<string>(type: "TEXT", nullable: false),
                    attributes = table.Column<string>(type: "TEXT", nullable: false),
                    filters = table.Column<string>(type: "TEXT", nullable: false),
                    purposes = table.Column<string>(type: "TEXT", nullable: false),
                    callback_hosts = table.Column<string>(type: "TEXT", nullable: false),
                    signature = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    dialect = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    suspended = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_partners", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "access_sign_in_failures",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    locked_until = table.Column<long>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_sign_in_failures", x => x.key);
                }
            );

            migrationBuilder.CreateTable(
                name: "access_used_assertions",
                columns: table => new
                {
                    partner = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    jti_hash = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_used_assertions", x => new { x.partner, x.jti_hash });
                }
            );

            migrationBuilder.CreateTable(
                name: "access_sessions",
                columns: table => new
                {
                    token_hash = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    registrant = table.Column<Guid>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_sessions", x => x.token_hash);
                    table.ForeignKey(
                        name: "FK_access_sessions_access_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "access_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_access_accounts_user_key",
                table: "access_accounts",
                column: "user_key",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_access_sessions_account_id",
                table: "access_sessions",
                column: "account_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_access_sessions_expires_at",
                table: "access_sessions",
                column: "expires_at"
            );

            migrationBuilder.CreateIndex(
                name: "IX_access_sign_in_failures_last_at",
                table: "access_sign_in_failures",
                column: "last_at"
            );

            migrationBuilder.CreateIndex(
                name: "IX_access_used_assertions_expires_at",
                table: "access_used_assertions",
                column: "expires_at"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "access_partners");

            migrationBuilder.DropTable(name: "access_sessions");

            migrationBuilder.DropTable(name: "access_sign_in_failures");

            migrationBuilder.DropTable(name: "access_used_assertions");

            migrationBuilder.DropTable(name: "access_accounts");
        }
    }
}
