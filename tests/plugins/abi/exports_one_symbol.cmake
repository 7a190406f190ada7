# A plugin exports its entry and nothing else, and nothing that would keep it mapped after it is closed.
execute_process(COMMAND ${NM} -D --defined-only ${PLUGIN} OUTPUT_VARIABLE symbols RESULT_VARIABLE failed)
string(STRIP "${symbols}" symbols)
if(failed OR NOT symbols MATCHES "^[0-9a-f]+ [DR] tomada_plugin_entry$")
  message(FATAL_ERROR "${PLUGIN} exports more than its entry:\n${symbols}")
endif()
