using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Access.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class CreateAccess : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "access");

            migrationBuilder.CreateTable(
                name: "accounts",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    user_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    password_hash = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: false
                    ),
                    bootstrap_hash = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: true
                    ),
                    password_expired = table.Column<bool>(type: "boolean", nullable: false),
                    roles = table.Column<List<string>>(type: "text[]", nullable: false),
                    suspended = table.Column<bool>(type: "boolean", nullable: false),
                    link_head = table.Column<byte[]>(type: "bytea", nullable: true),
                    link_wrap = table.Column<byte[]>(type: "bytea", nullable: true),
                    link_tail = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "partners",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    secret_hash = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    jwks = table.Column<string>(type: "text", nullable: true),
                    scopes = table.Column<List<string>>(type: "text[]", nullable: false),
                    attributes = table.Column<List<string>>(type: "text[]", nullable: false),
                    filters = table.Column<List<string>>(type: "text[]", nullable: false),
                    purposes = table.Column<List<string>>(type: "text[]", nullable: false),
                    callback_hosts = table.Column<List<string>>(type: "text[]", nullable: false),
                    signature = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    dialect = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    suspended = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partners", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "sign_in_failures",
                schema: "access",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    locked_until = table.Column<long>(type: "bigint", nullable: false),
                    last_at = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sign_in_failures", x => x.key);
                }
            );

            migrationBuilder.CreateTable(
                name: "used_assertions",
                schema: "access",
                columns: table => new
                {
                    partner = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    jti_hash = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_used_assertions", x => new { x.partner, x.jti_hash });
                }
            );

            migrationBuilder.CreateTable(
                name: "sessions",
                schema: "access",
                columns: table => new
                {
                    token_hash = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    registrant = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions", x => x.token_hash);
                    table.ForeignKey(
                        name: "FK_sessions_accounts_account_id",
                        column: x => x.account_id,
                        principalSchema: "access",
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_accounts_user_key",
                schema: "access",
                table: "accounts",
                column: "user_key",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_sessions_account_id",
                schema: "access",
                table: "sessions",
                column: "account_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_sessions_expires_at",
                schema: "access",
                table: "sessions",
                column: "expires_at"
            );

            migrationBuilder.CreateIndex(
                name: "IX_sign_in_failures_last_at",
                schema: "access",
                table: "sign_in_failures",
                column: "last_at"
            );

            migrationBuilder.CreateIndex(
                name: "IX_used_assertions_expires_at",
                schema: "access",
                table: "used_assertions",
                column: "expires_at"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "partners", schema: "access");

            migrationBuilder.DropTable(name: "sessions", schema: "access");

            migrationBuilder.DropTable(name: "sign_in_failures", schema: "access");

            migrationBuilder.DropTable(name: "used_assertions", schema: "access");

            migrationBuilder.DropTable(name: "accounts", schema: "access");
        }
    }
}
