#include "bench/vm/peer.h"

extern "C" {
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
}

namespace {

lua_State* state_of(void* state) { return static_cast<lua_State*>(state); }

long long call(void* state, const char* function, long long argument) {
    auto* lua = state_of(state);
    lua_getglobal(lua, function);
    lua_pushinteger(lua, static_cast<lua_Integer>(argument));
    if (lua_pcall(lua, 1, 1, 0) != 0) return -1;
    const auto result = static_cast<long long>(lua_tonumber(lua, -1));
    lua_settop(lua, 0);
    return result;
}

long long dispatch(void* state, long long count, int cold) {
    auto* lua = state_of(state);
    lua_settop(lua, 0);
    lua_getglobal(lua, "handlers");
    lua_getglobal(lua, "entities");
    long long sum = 0;
    unsigned row = 1;
    for (long long i = 0; i < count; ++i) {
        if (cold) row = row * 1664525u + 1013904223u;
        lua_rawgeti(lua, 1, static_cast<int>(row >> 24));
        lua_rawgeti(lua, 2, static_cast<int>((row >> 8) & 131071u));
        if (lua_pcall(lua, 1, 1, 0) != 0) return -1;
        sum += static_cast<long long>(lua_tonumber(lua, -1));
        lua_settop(lua, 2);
    }
    lua_settop(lua, 0);
    return sum;
}

}  // namespace

extern "C" Peer* open_peer(const char* script_path) {
    auto* lua = luaL_newstate();
    luaL_openlibs(lua);
#ifdef LUAJIT_OFF
    (void)luaL_dostring(lua, "jit.off()");
#endif
    if (luaL_loadfile(lua, script_path) != 0 || lua_pcall(lua, 0, 0, 0) != 0) return nullptr;
    return new Peer{lua, call, dispatch};
}
